import type { SliceWork } from '../model/journal.ts';
import type { Load } from '../model/settings.ts';

/** How many connections may be open at once. */
export function slotsOf(load: Load, workers: number, work: SliceWork): number {
  if (load.model === 'closed') return workers * load.connections;
  return (work.kind === 'windows' ? work.slots : null) ?? Number.POSITIVE_INFINITY;
}
