import type { LaunchRow, MachineSignals, SliceRow } from '../model/journal.ts';
import { type Disturbance, disturbances } from '../model/disturbance.ts';
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

/** By block number, both arms together. */
export function disturbedTime({ opened, slices }: MeasuredLaunch): Map<number, DisturbedTime> {
  const strangers = waitsForStrangers(opened);
  const processes = withCores(opened).filter(({ role }) => role === 'baseline').length;
  const rows = new Map<number, SliceRow[]>();
  for (const row of slices) {
    const known = rows.get(row.block);
    if (known === undefined) rows.set(row.block, [row]);
    else known.push(row);
  }
  return new Map(
    [...rows].map(([block, own]) => {
      const signals = own.flatMap(({ machine }) => machine ?? []);
      const sum = (of: (machine: MachineSignals) => number | null): number =>
        signals.reduce((total, machine) => total + (of(machine) ?? 0), 0);
      const taken = {
        waited: strangers ? waitedFor(own, sum) : 0,
        // Of the whole machine where nothing is pinned, and so of nobody's time in particular.
        stolen: isPinned(opened) ? sum(({ stealUs }) => stealUs) : 0,
        throttled: sum(({ throttledUs }) => throttledUs),
      };
      return [block, { coreUs: sum(({ spanUs }) => spanUs) * processes, taken }];
    }),
  );
}

/**
 * A main thread also waits for helper threads of its own process, on its own core: garbage collection is the program's
 * work, and no disturbance. The helpers' CPU is what the process used beyond its main thread; so much of the wait is
 * put down to them; on the target's core also what the arm's resolver used. A block's own cost can therefore keep it in,
 * and never throw it out.
 */
function waitedFor(
  rows: readonly SliceRow[],
  sum: (of: (machine: MachineSignals) => number | null) => number,
): number {
  const cpu = (of: (row: SliceRow) => number | null): number =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  const net = (waitedUs: number, cpuUs: number, ranUs: number): number =>
    Math.max(0, waitedUs - Math.max(0, cpuUs - ranUs));
  return (
    net(
      sum((machine) => machine.clientDelayUs),
      cpu((row) => row.clientCpuUs),
      sum((machine) => machine.clientRanUs),
    ) +
    net(
      sum((machine) => machine.targetDelayUs),
      cpu((row) => row.targetCpuUs) + cpu((row) => row.resolver?.cpuUs ?? null),
      sum((machine) => machine.targetRanUs),
    )
  );
}

const read: Readonly<Record<Disturbance, (machine: MachineSignals) => boolean>> = {
  waited: ({ clientDelayUs, targetDelayUs }) => clientDelayUs !== null && targetDelayUs !== null,
  stolen: () => true,
  throttled: ({ throttledUs }) => throttledUs !== null,
};

/** Whether this system tells of it: what is not counted is not nothing. */
export const isCounted = ({ opened, slices }: MeasuredLaunch, kind: Disturbance): boolean =>
  (kind !== 'waited' || waitsForStrangers(opened)) &&
  (kind !== 'stolen' || isPinned(opened)) &&
  slices.some(({ machine }) => machine !== null && read[kind](machine));

/** A resolver is a guest on the target's core. */
const withCores = ({ processes }: LaunchRow) => processes.filter(({ part }) => part !== 'resolver');

const isPinned = ({ processes }: LaunchRow): boolean =>
  processes.every(({ core }) => core !== null);

/** Processes of one arm that share a core, or are not pinned, wait for one another too. */
function waitsForStrangers(launch: LaunchRow): boolean {
  return (['baseline', 'candidate'] as const).every((role) => {
    const cores = withCores(launch)
      .filter((process) => process.role === role)
      .map(({ core }) => core);
    return cores.every((core) => core !== null) && new Set(cores).size === cores.length;
  });
}
