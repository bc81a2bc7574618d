import { isInWindows } from '../../model/remote.ts';
import type { Load, Settings } from '../../model/settings.ts';
import type { LocustWorkerTask } from './task.ts';

export function loadOf({ scenario: { load } }: Settings): Exclude<Load, { model: 'open' }> {
  if (load.model === 'open') throw new Error('planning refuses open load');
  return load;
}

export function taskOf(
  load: Exclude<Load, { model: 'open' }>,
  { scenario, client }: Settings,
): LocustWorkerTask['load'] {
  if (load.model !== 'closed') return { model: load.model, periodMs: 1000 / load.perUser };
  const isSequence = scenario.order === 'sequence' && client.locustfile?.kind === 'written';
  const together = isSequence ? scenario.requests.length : 1;
  return { model: load.model, together, inWindows: isInWindows(load, client) };
}
