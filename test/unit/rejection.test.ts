import { describe, expect, it } from 'vitest';
import { armTotals, metricOf } from '../../src/analysis/arm-totals.ts';
import { disturbanceOf, disturbedWarning } from '../../src/analysis/disturbed.ts';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';
import { rejectedBlocks } from '../../src/analysis/rejection.ts';
import { noCounts } from '../../src/model/counts.ts';
import type { MachineSignals, SliceRow } from '../../src/model/journal.ts';
import { type Role, roles } from '../../src/model/plan.ts';

const wallUs = 10_000;
const quiet = { spanUs: wallUs, stealUs: 0, throttledUs: 0, pressureUs: 0, runnable: 2 };
const ran = { clientRanUs: 1_000, targetRanUs: 500 };
const calm = { ...quiet, ...ran, clientDelayUs: 0, targetDelayUs: 0 } as MachineSignals;
const order: readonly Role[] = ['baseline', 'candidate', 'candidate', 'baseline'];
const other = (role: Role): Role => (role === 'baseline' ? 'candidate' : 'baseline');

/** Ten blocks; `disturb` says what happened in each slice, `cost` what a slice of an arm cost. */
function launch(
  disturb: (block: number, position: number) => Partial<Record<keyof MachineSignals, number>>,
  options: {
    readonly cost?: (role: Role, block: number) => number;
    readonly core?: number | null;
    /** CPU of a resolver on the target's core, in each slice. */
    readonly resolverUs?: number | null;
    readonly wall?: (block: number) => number;
    readonly swapped?: boolean;
  } = {},
): MeasuredLaunch {
  const {
    cost = () => 1_000,
    core = 1,
    swapped = false,
    wall = () => 1,
    resolverUs = null,
  } = options;
  const slices = Array.from({ length: 10 }, (_, block) =>
    order.map((of, position) => {
      const role = swapped ? other(of) : of;
      return {
        ...{ kind: 'slice', launch: 1, cell: 'a', role, block, position, worker: 0 },
        wallUs: wallUs * wall(block),
        ...{ requests: 100, errors: 0, clientCpuUs: cost(role, block), targetCpuUs: 500 },
        counts: { ...noCounts, requests: 100 },
        targetCounts: { ...noCounts, requests: 100 },
        resolver: resolverUs === null ? null : { queries: 1, cpuUs: resolverUs },
        machine: { ...calm, ...disturb(block, position) },
      } as SliceRow;
    }),
  ).flat();
  const processes = (['baseline', 'candidate'] as const).flatMap((role) => [
    { role, part: 'client', worker: 0, pid: 1, core: 0, port: null },
    { role, part: 'target', worker: 0, pid: 2, core, port: null },
    ...(resolverUs === null
      ? []
      : [{ role, part: 'resolver', worker: 0, pid: 3, core, port: null }]),
  ]);
  const workers = [{ worker: 0, rssBytes: 1, latency: noLatency, whole: null }];
  const arm = { workers, target: { cpu: { reportedUs: 20_000, treeUs: null } } };
  const finish = { arms: { baseline: arm, candidate: arm } };
  const opened = { processes, work: { kind: 'requests', requests: 100 } };
  return { opened, slices, finish } as unknown as MeasuredLaunch;
}
const noLatency = 'HISTFAAAACB4nJNpmSzMwMDAzMDAwAilGaBsEGCC8Y8zMgEAOHMCHA==';
const blocks = (of: MeasuredLaunch) => rejectedBlocks(of).map(({ block }) => block);
/** Of a block's time on our cores: four slices, two processes. */
const share = (part: number) => ({ clientDelayUs: part * 2 * wallUs, targetDelayUs: 0 });

describe('a block is left out', () => {
  it.each<[string, Parameters<typeof launch>[0], string]>([
    ['where others had our cores', (b) => (b === 3 ? share(0.6) : {}), 'waited'],
    ['where the host took them', (b) => (b === 3 ? { stealUs: 20_000 } : {}), 'stolen'],
    [
      'where the quota stopped us',
      (b, p) => (b === 3 && p === 2 ? { throttledUs: 25_000 } : {}),
      'throttled',
    ],
  ])('%s', (_, disturb, by) => {
    expect(rejectedBlocks(launch(disturb))).toEqual([{ block: 3, by }]);
  });

  it('by both arms together: swapping the labels leaves out the same', () => {
    // All of it fell on the slices of one arm.
    const uneven = (block: number, position: number) =>
      block === 4 && order[position] === 'candidate' ? share(1.2) : {};
    expect(blocks(launch(uneven))).toEqual([4]);
    expect(blocks(launch(uneven, { swapped: true }))).toEqual([4]);
  });

  it('never by what it shows, however odd', () => {
    const cost = (role: Role, block: number) =>
      role === 'candidate' && block === 5 ? 1_000_000 : 1_000;
    expect(blocks(launch(() => ({}), { cost }))).toEqual([]);
    const third = (b: number) => (b === 3 ? share(0.6) : {});
    expect(blocks(launch(third, { cost }))).toEqual([3]);
  });

  it('at most a fifth of a launch, the worst', () => {
    expect(blocks(launch((b) => share(0.6 + b / 100)))).toEqual([9, 8]);
    const few = launch((b) => share(0.6 + b / 100));
    expect(blocks({ ...few, slices: few.slices.filter(({ block }) => block < 4) })).toEqual([]);
  });

  it('not for a little, nor for a tick of steal that may be older than the block', () => {
    expect(blocks(launch((b) => (b === 3 ? share(0.3) : {})))).toEqual([]);
    expect(blocks(launch((b, p) => (b === 3 && p === 0 ? { stealUs: 20_000 } : {})))).toEqual([]);
  });

  it('not for waits behind processes of our own', () => {
    const third = (b: number) => (b === 3 ? share(0.6) : {});
    expect(blocks(launch(third, { core: 0 }))).toEqual([]);
    expect(blocks(launch(third, { core: null }))).toEqual([]);
  });

  it('not for waits behind helper threads of our own: collecting garbage is work', () => {
    const third = (b: number) => (b === 3 ? share(0.6) : {});
    const cost = (_: Role, block: number) => (block === 3 ? 1_000 + 0.3 * 2 * wallUs : 1_000);
    expect(blocks(launch(third, { cost }))).toEqual([]);
  });

  it("not for waits behind the arm's resolver, which is a guest on the target's core", () => {
    const third = (b: number) => (b === 3 ? { targetDelayUs: 1.2 * wallUs } : {});
    expect(blocks(launch(third))).toEqual([3]);
    expect(blocks(launch(third, { resolverUs: 100 }))).toEqual([3]);
    expect(blocks(launch(third, { resolverUs: 0.5 * wallUs }))).toEqual([]);
  });

  it('not where nothing is counted', () => {
    const dark = launch(() => ({}));
    const slices = dark.slices.map((row) => ({ ...row, machine: null }));
    expect(blocks({ ...dark, slices })).toEqual([]);
    expect(disturbanceOf([{ ...dark, slices }]).shares).toEqual({
      ...{ waited: null, stolen: null, throttled: null },
    });
  });
});

describe('what a block that is left out takes with it', () => {
  const disturbed = launch((b) => (b === 3 ? share(0.6) : {}), { wall: (b) => (b === 3 ? 9 : 1) });
  const rejected = new Set(blocks(disturbed));
  const rps = (role: Role, out: ReadonlySet<number>) =>
    metricOf('rps', armTotals(disturbed, role, out));

  it('is its time and the requests in it, in both arms', () => {
    for (const role of roles) {
      expect(rps(role, rejected)).toBe(100 / (wallUs / 1e6));
      expect(rps(role, new Set())).toBeLessThan(0.6 * (100 / (wallUs / 1e6)));
    }
  });

  it('and never its CPU or a count of the contract', () => {
    const [without, all] = [rejected, new Set<number>()].map((out) =>
      armTotals(disturbed, 'baseline', out),
    );
    expect(without?.client?.requests).toBe(2_000);
    expect({ ...without, workers: [], latency: null }).toEqual({
      ...all,
      workers: [],
      latency: null,
    });
  });

  it('is told', () => {
    expect(disturbanceOf([disturbed])).toEqual({
      ...{ blocks: 10, disturbed: 1, rejectedSlices: { baseline: 2, candidate: 2 } },
      shares: { waited: expect.closeTo(0.06), stolen: 0, throttled: 0 },
      rejected: { waited: 1, stolen: 0, throttled: 0 },
    });
  });
});

describe('a cell is called disturbed', () => {
  it('by the signal that took most, with what to do', () => {
    const warning = disturbedWarning(disturbanceOf([launch((b) => (b < 3 ? share(0.2) : {}))]));
    expect(warning?.message).toContain('other programs had our cores for 6.0 % of the time');
    expect(warning?.message).toContain('30 % of the blocks');
    expect(warning?.next).toContain('Stop them');
  });

  it('not for a block in ten', () => {
    expect(disturbedWarning(disturbanceOf([launch((b) => (b < 1 ? share(0.2) : {}))]))).toBeNull();
  });
});
