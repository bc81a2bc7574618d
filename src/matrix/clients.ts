import type { ByRole, Clients, Side } from '../model/plan.ts';
import { isPaused } from '../model/paused.ts';
import { leafKey, type Settings } from '../model/settings.ts';
import { failureAt, type Place } from './place.ts';

/**
 * One client for both arms where it can be, unless the file says otherwise: with figures in
 * docs/decisions/006-shared-client.md.
 * @throws BenchFailure `configuration` where the file wants one client and the arms cannot share it.
 */
export function clientsOf(
  arms: ByRole<Settings>,
  side: Side,
  said: { readonly clients: Clients | undefined; readonly place: Place },
): Clients {
  const why = whyNot(arms, side);
  if (said.clients !== 'shared') return said.clients ?? (why === null ? 'shared' : 'each');
  if (why === null) return 'shared';
  throw failureAt(
    said.place,
    `both arms cannot share one client: ${why}. Write each, or remove it.`,
  );
}

function whyNot({ baseline, candidate }: ByRole<Settings>, side: Side): string | null {
  if (side !== 'target') return 'what is compared changes more than the target';
  const { engine } = baseline.client;
  if (isPaused(engine) || engine.kind === 'locust')
    return `${engine.kind} sends to one target only`;
  // The clients trust the authority that signed the certificate, and there is one for each kind of key.
  if (leafKey(baseline.target) !== leafKey(candidate.target)) return 'target.key differs';
  return null;
}
