import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import type { ArmTotals } from '../../src/analysis/arm-totals.ts';
import { courseOf } from '../../src/analysis/course.ts';
import { latenciesOf } from '../../src/analysis/latency-quantiles.ts';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';
import type { SliceRow } from '../../src/model/journal.ts';
import { type Role, roles } from '../../src/model/plan.ts';
import { micros } from '../../src/model/units.ts';
import { plan } from '../fixtures/matrix/planned.ts';

const order: readonly Role[] = ['baseline', 'candidate', 'candidate', 'baseline'];
const spanUs = 12_000;

interface Options {
  readonly blocks: number;
  readonly endedMs: number;
  readonly costUs?: (role: Role, block: number) => number | null;
  readonly delayUs?: (block: number) => number;
  readonly workers?: number;
}

/** Slices of 10 ms and 100 requests, of one worker on its own core unless it says otherwise. */
function launch(number: number, options: Options): MeasuredLaunch {
  const { blocks, endedMs, costUs = () => 1000, delayUs = () => 0, workers = 1 } = options;
  const slices = Array.from({ length: blocks * 4 * workers }, (_, i) => {
    const [worker, turn] = [i % workers, Math.floor(i / workers)];
    const [block, position] = [Math.floor(turn / 4), turn % 4];
    const role = order[position] ?? 'baseline';
    return {
      ...{ kind: 'slice', launch: number, cell: 'a', role, block, position, worker },
      ...{ wallUs: 10_000, requests: 100, errors: 0 },
      ...{ clientCpuUs: costUs(role, block) ?? 0, targetCpuUs: costUs(role, block) },
      machine:
        worker > 0
          ? null
          : {
              ...{ spanUs, stealUs: 0, throttledUs: null, clientDelayUs: delayUs(block) },
              ...{ targetDelayUs: 0, clientRanUs: 1000, targetRanUs: 1000 },
            },
    } as unknown as SliceRow;
  });
  const processes = roles.flatMap((role) => [
    ...Array.from({ length: workers }, (_, core) => ({ role, part: 'client', core })),
    { role, part: 'target', core: workers },
  ]);
  return {
    opened: { launch: number, processes },
    ...{ slices, finish: { endedMs } },
  } as unknown as MeasuredLaunch;
}

describe('the course of a cell', () => {
  it('has a point for each block, timed from the end of its launch', () => {
    const costUs = (role: Role, block: number) => (role === 'baseline' ? 1000 : 2000) + block;
    const [course] = courseOf(
      [launch(3, { blocks: 2, endedMs: 5000, costUs })],
      roles,
      'cpuPerRequest',
    );
    expect(course).toMatchObject({
      ...{ metric: 'cpuPerRequest', blocksPerPoint: 1, launch: [3, 3] },
      // Eight spans of 12 ms before the end, and four.
      seconds: [4.9, 5],
      values: { baseline: [10, 10.01], candidate: [20, 20.01] },
      rejected: [0, 0],
    });
  });

  it('joins blocks where there are many, and never those of two launches', () => {
    const launches = [1, 2, 3].map((n) => launch(n, { blocks: 101, endedMs: n * 20_000 }));
    const [course] = courseOf(launches, roles, 'cpuPerRequest');
    expect(course?.blocksPerPoint).toBe(3);
    expect(course?.launch).toHaveLength(3 * 34);
    expect(course?.launch.filter((n) => n === 2)).toHaveLength(34);
    const whole = courseOf(
      Array.from({ length: 200 }, (_, n) => launch(n, { blocks: 4, endedMs: n * 1000 })),
      roles,
      'cpuPerRequest',
    );
    expect(whole[0]?.launch).toHaveLength(200);
  });

  it('tells what others took, what was left out, and what nobody counts', () => {
    // Two processes, four slices: 40 % of the time on our cores and more is too much.
    const delayUs = (block: number) => (block === 7 ? spanUs : 0);
    const [course] = courseOf(
      [launch(1, { blocks: 10, endedMs: 900, delayUs })],
      roles,
      'cpuPerRequest',
    );
    expect(course?.taken.waited?.map((share) => Math.round(share * 100))).toEqual([
      ...[0, 0, 0, 0, 0, 0, 0, 50, 0, 0],
    ]);
    expect(course?.taken.throttled).toBeNull();
    expect(course?.rejected).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  });

  it('shows rates of all workers together, where the primary metric has no value in a block', () => {
    const launches = [launch(1, { blocks: 2, endedMs: 900, costUs: () => null, workers: 3 })];
    for (const primary of ['targetCpuPerRequest', 'latencyMean', 'rps'] as const) {
      const [course] = courseOf(launches, roles, primary);
      expect(course?.metric).toBe('rps');
      expect(course?.values.baseline).toEqual([30_000, 30_000]);
    }
  });

  it('of a run of one arm against itself has that arm alone', () => {
    const costUs = (role: Role) => (role === 'baseline' ? 900 : 1100);
    const [course] = courseOf(
      [launch(1, { blocks: 1, endedMs: 900, costUs })],
      ['candidate'],
      'cpuPerRequest',
    );
    expect(course?.values).toEqual({ baseline: null, candidate: [10] });
  });

  it('has no number where nothing was answered', () => {
    const idle = launch(1, { blocks: 2, endedMs: 900, costUs: () => 0 });
    const slices = idle.slices.map((slice) =>
      slice.block === 0 ? { ...slice, requests: 0, wallUs: micros(0) } : slice,
    );
    for (const primary of ['cpuPerRequest', 'rps'] as const) {
      const [course] = courseOf([{ ...idle, slices }], roles, primary);
      expect(course?.values.candidate?.[0]).toBeNull();
      expect(course?.values.candidate?.[1]).not.toBeNull();
    }
  });

  it('is empty without launches', () => {
    expect(courseOf([], roles, 'cpuPerRequest')).toEqual([]);
  });
});

const settings = plan('axes: { version: { v1: {}, v2: {} } }').cells[0].arms;

function totals(times: number, us: number): ArmTotals {
  const latency = build({ numberOfSignificantValueDigits: 3 });
  latency.autoResize = true;
  latency.recordValueWithCount(us, times);
  return { latency } as unknown as ArmTotals;
}

describe('latencies of a cell', () => {
  it('merge all launches, and leave the launches as they were', () => {
    const arms = { baseline: [totals(9900, 100), totals(100, 5000)], candidate: [totals(10, 7)] };
    const before = arms.baseline.map(
      ({ latency }) => latency && encodeIntoCompressedBase64(latency),
    );
    const found = latenciesOf(arms, settings);
    expect(found?.baseline.requests).toBe(10_000);
    expect(
      found?.baseline.quantiles.map(({ quantile, us }) => [quantile, Math.round(us / 100)]),
    ).toEqual([
      ...[0.5, 0.75, 0.9, 0.95, 0.99].map((quantile) => [quantile, 1]),
      ...[0.999, 1].map((quantile) => [quantile, 50]),
    ]);
    expect(
      arms.baseline.map(({ latency }) => latency && encodeIntoCompressedBase64(latency)),
    ).toEqual(before);
  });

  it('tell no quantile that rests on fewer than ten requests', () => {
    const found = latenciesOf({ baseline: [totals(100, 9)], candidate: [totals(15, 9)] }, settings);
    expect(found?.baseline.quantiles.map(({ quantile }) => quantile)).toEqual([0.5, 0.75, 0.9, 1]);
    expect(found?.candidate.quantiles.map(({ quantile }) => quantile)).toEqual([1]);
  });

  it('are none where a launch has none, or the arms mean different things by one', () => {
    const some = [totals(10, 9)];
    const paused = [{ latency: null } as unknown as ArmTotals];
    expect(latenciesOf({ baseline: some, candidate: [...some, ...paused] }, settings)).toBeNull();
    expect(latenciesOf({ baseline: [], candidate: some }, settings)).toBeNull();
    const differing = plan(
      'axes: { version: { v1: { client: { engine: http } }, v2: { client: { engine: locust@2.31.0 } } } }',
    ).cells[0].arms;
    expect(latenciesOf({ baseline: some, candidate: some }, differing)).toBeNull();
  });
});
