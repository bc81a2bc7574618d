import type { TargetCpu } from '../model/journal.ts';
import { type Micros, micros } from '../model/units.ts';
import type { RunningTarget } from '../target/start.ts';

/** Begins to watch what a target spends. @returns what it has spent since, by both readings. */
export async function watchTargetCpu(target: RunningTarget): Promise<() => Promise<TargetCpu>> {
  const read = async () => ({
    reported: (await target.read()).cpuUs,
    tree: target.treeCpuUs(),
  });
  const before = await read();
  return async () => {
    const after = await read();
    return {
      reportedUs: since(before.reported, after.reported),
      treeUs: since(before.tree, after.tree),
    };
  };
}

const since = (before: number | null, after: number | null): Micros | null =>
  before === null || after === null ? null : micros(after - before);
