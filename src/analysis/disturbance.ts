import type { LaunchRow, MachineSignals } from '../model/journal.ts';
import { type Disturbance, disturbances } from '../model/report.ts';
import type { MeasuredLaunch } from './launches.ts';

export type Taken = Readonly<Record<Disturbance, number>>;

/** What others took of the cores that a launch ran on, over some of its slices. */
export interface DisturbedTime {
  /** Time × processes of an arm: each has a core of its own. */
  readonly coreUs: number;
  /** Of it, in µs; 0 where it is not counted. */
  readonly taken: Taken;
}

export const nothingTaken: DisturbedTime = {
  coreUs: 0,
  taken: { waited: 0, stolen: 0, throttled: 0 },
};

export const addTime = (a: DisturbedTime, b: DisturbedTime): DisturbedTime => ({
  coreUs: a.coreUs + b.coreUs,
  taken: eachKind((kind) => a.taken[kind] + b.taken[kind]),
});

/** As a share of the time on our cores. */
export const shareOf = ({ coreUs, taken }: DisturbedTime, kind: Disturbance): number =>
  coreUs === 0 ? 0 : taken[kind] / coreUs;

export const eachKind = (of: (kind: Disturbance) => number): Taken => ({
  waited: of(disturbances[0]),
  stolen: of(disturbances[1]),
  throttled: of(disturbances[2]),
});

/** By block number, both arms together. Nothing of what they achieved is looked at. */
export function disturbedTime({ opened, slices }: MeasuredLaunch): Map<number, DisturbedTime> {
  const strangers = waitsForStrangers(opened);
  const processes = opened.processes.filter(({ role }) => role === 'baseline').length;
  const blocks = new Map<number, DisturbedTime>();
  for (const { block, machine } of slices) {
    if (machine === null) continue;
    const time = { coreUs: machine.spanUs * processes, taken: takenIn(machine, strangers) };
    blocks.set(block, addTime(blocks.get(block) ?? nothingTaken, time));
  }
  return blocks;
}

function takenIn(machine: MachineSignals, strangers: boolean): Taken {
  const { clientDelayUs, targetDelayUs, stealUs, throttledUs } = machine;
  return {
    waited: strangers ? (clientDelayUs ?? 0) + (targetDelayUs ?? 0) : 0,
    stolen: stealUs,
    throttled: throttledUs ?? 0,
  };
}

/** Processes of one arm that share a core, or are not pinned, wait for one another too. */
function waitsForStrangers({ processes }: LaunchRow): boolean {
  return (['baseline', 'candidate'] as const).every((role) => {
    const cores = processes.filter((process) => process.role === role).map(({ core }) => core);
    return cores.every((core) => core !== null) && new Set(cores).size === cores.length;
  });
}
