import { setTimeout as wait } from 'node:timers/promises';

/** Looks until the condition holds or the time is over; the expectation after it says which. */
export async function until(holds: () => boolean, limitMs = 60_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!holds() && performance.now() < deadline) await wait(10);
}
