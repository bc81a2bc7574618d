import { describe, expect, it } from 'vitest';
import type { ArmTotals } from '../../src/analysis/arm-totals.ts';
import { judge } from '../../src/analysis/compare.ts';
import { driftBetween } from '../../src/analysis/drift.ts';
import { estimateOf } from '../../src/analysis/estimate.ts';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';
import { levelDrift } from '../../src/analysis/level-drift.ts';
import { observeRuns } from '../../src/analysis/observe-runs.ts';
import type { UnpairedObserved } from '../../src/analysis/observed.ts';
import { rareWorkBetween } from '../../src/analysis/rare-work.ts';
import { lengthsDisagreeBetween } from '../../src/analysis/slice-lengths.ts';
import { apartWords } from '../../src/analysis/unpaired-run.ts';
import { noCounts } from '../../src/model/counts.ts';
import { type ByRole, roles } from '../../src/model/plan.ts';
import { type Random, randomFrom } from '../../src/stats/random.ts';
import { plan, shipped } from '../fixtures/matrix/planned.ts';
import { normal, share } from '../support/normal.ts';

const { gate } = plan(shipped('incident.yaml'));

const arm = (cpuPerRequest: number, errors = 0): ArmTotals => ({
  ...{ workers: [], requests: 100, errors, intendedRate: null, client: noCounts, target: noCounts },
  ...{
    clientCpuUs: 100 * cpuPerRequest,
    targetCpuUs: null,
    rssBytes: null,
    latency: null,
    resolver: null,
  },
});
const launch = (a: number, b: number) => ({ baseline: arm(a), candidate: arm(b) });

const cpuOf = (runs: ByRole<readonly ReturnType<typeof launch>[]>): UnpairedObserved | undefined =>
  observeRuns(runs, ['cpuPerRequest']).find(({ metric }) => metric === 'cpuPerRequest');

describe('what two runs say of a metric', () => {
  it('is one observation per launch: the mean of the logarithms of its two arms', () => {
    const observed = cpuOf({
      baseline: [launch(10, 40), launch(20, 20), launch(5, 80)],
      candidate: [launch(30, 30), launch(10, 90)],
    });
    const rounded = (values: readonly number[] = []) => values.map((x) => Number(x.toFixed(9)));
    expect(rounded(observed?.baseline)).toEqual([20, 20, 20]);
    expect(rounded(observed?.candidate)).toEqual([30, 30]);
    expect(rounded(observed?.logs.baseline.map(Math.exp))).toEqual([20, 20, 20]);
  });

  it('leaves out a metric that a run does not have, unless it gates', () => {
    const runs = { baseline: [launch(1, 1)], candidate: [launch(1, 1)] };
    const names = (gating: Parameters<typeof observeRuns>[1]) =>
      observeRuns(runs, gating).map(({ metric }) => metric);
    expect(names(['cpuPerRequest'])).not.toContain('targetCpuPerRequest');
    expect(names(['targetCpuPerRequest'])).toContain('targetCpuPerRequest');
  });

  it('counts errors and does not estimate them', () => {
    const [good, bad] = [launch(1, 1), { baseline: arm(1), candidate: arm(1, 10) }];
    const errors = (baseline: typeof good, candidate: typeof good) => {
      const of = observeRuns({ baseline: [baseline], candidate: [candidate] }, []);
      const rate = of.find(({ metric }) => metric === 'errorRate');
      if (rate === undefined) throw new Error('errors are always counted');
      return judge(rate, null, gate).verdict;
    };
    expect([errors(good, good), errors(good, bad), errors(bad, good)]).toEqual([
      'unchanged',
      'regression',
      'improvement',
    ]);
  });
});

describe('a comparison of two runs', () => {
  const observed = (baseline: readonly number[], candidate: readonly number[]) => ({
    ...({ kind: 'unpaired', metric: 'cpuPerRequest', gating: true } as const),
    baseline: baseline.map(Math.exp),
    candidate: candidate.map(Math.exp),
    logs: { baseline, candidate },
  });
  const scatter = [0.01, -0.01, 0.012, -0.008, 0.005, -0.004, 0.002, -0.007];
  const moved = (by: number) => scatter.map((x) => -x + by);
  const corrected = { adjusted: 1e-6, divisor: 4 };

  it('is judged by the same verdicts as a paired one', () => {
    expect(judge(observed(scatter, moved(0.1)), corrected, gate).verdict).toBe('regression');
    expect(judge(observed(scatter, moved(0.015)), corrected, gate).verdict).toBe('slower');
    expect(judge(observed(scatter, moved(-0.1)), corrected, gate).verdict).toBe('improvement');
    expect(judge(observed(scatter, moved(0)), null, gate).verdict).toBe('unchanged');
    expect(judge(observed([0, 0.3], [0.2, -0.1]), null, gate).verdict).toBe('inconclusive');
  });

  it('has launches of its own in each arm, and no signs to flip', () => {
    const comparison = judge(observed(scatter, [0.1, 0.1 + Math.LN2]), null, gate);
    expect(comparison.signFlipP).toBeNull();
    expect(comparison.perLaunch).toHaveLength(2);
    expect(comparison.perLaunch[1]).toBeCloseTo(2 * Math.exp(0.1) - 1, 9);
  });

  it('is undecided with a single launch in either run', () => {
    expect(estimateOf(observed([0], scatter))).toBeNull();
    expect(judge(observed(scatter, []), null, gate)).toMatchObject({
      ...{ p: null, change: null, detectable: null, verdict: 'inconclusive' },
    });
  });

  it('takes what the two arms of a launch have in common for what it is', () => {
    const random = randomFrom('unpaired', 'A/A');
    const run = (draw: Random) =>
      Array.from({ length: 8 }, () => {
        const common = 0.03 * normal(draw);
        const own = () => Math.exp(common + 0.005 * normal(draw));
        return launch(own(), own());
      });
    const alarms = share(4_000, () => {
      const found = cpuOf({ baseline: run(random), candidate: run(random) });
      return found !== undefined && (estimateOf(found)?.p ?? 1) < 0.05;
    });
    // Arms taken as launches of their own would raise three times as many. Standard error 0.34 points.
    expect(Math.abs(alarms - 0.05)).toBeLessThan(0.014);
  });
});

describe('what is asked of both runs', () => {
  /** Launches of 12 blocks in which a request costs `cost`, with a scatter that no two share. */
  const launches = (name: string, cost: (launch: number, block: number) => number, n = 8) => {
    const random = randomFrom('launches', name);
    return Array.from({ length: n }, (_, index) => {
      const slices = Array.from({ length: 12 }, (_, block) =>
        roles.map((role) => ({
          ...{ role, block, worker: 0, requests: 100, wallUs: 1 },
          clientCpuUs: 1000 * cost(index, block) * Math.exp(0.002 * normal(random)),
        })),
      ).flat();
      return { slices, opened: { work: { kind: 'time' } } } as unknown as MeasuredLaunch;
    });
  };
  const steady = launches('steady', () => 1);
  const margin = 0.02;

  it('is whether the change drifts within the launches', () => {
    const warming = (name: string) => launches(name, (_, block) => (block < 6 ? 1.1 : 1));
    const drift = (baseline: MeasuredLaunch[], candidate: MeasuredLaunch[]) =>
      driftBetween({ baseline, candidate }, 'cpuPerRequest', margin)?.message;
    expect(drift(steady, warming('a'))).toContain('client CPU per request −9');
    expect(drift(warming('a'), steady)).toContain('client CPU per request +1');
    expect(drift(warming('a'), warming('b'))).toBeUndefined();
    expect(
      drift(
        steady,
        launches('other', () => 2),
      ),
    ).toBeUndefined();
  });

  it('is whether rare work hides in one of them', () => {
    const bursts = launches('bursts', (_, block) => (block === 5 ? 3 : 1));
    const rare = (baseline: MeasuredLaunch[], candidate: MeasuredLaunch[]) =>
      rareWorkBetween({ baseline, candidate }, 'cpuPerRequest', margin)?.message;
    expect(rare(steady, bursts)).toContain('points larger');
    expect(rare(bursts, steady)).toContain('points smaller');
    expect(
      rare(
        steady,
        launches('again', () => 1),
      ),
    ).toBeUndefined();
  });

  it('is whether pausing distorts one of them more than the other', () => {
    const edges = launches('edges', (_, block) => (block % 2 === 0 ? 1.1 : 1));
    const disagree = (baseline: MeasuredLaunch[], candidate: MeasuredLaunch[]) =>
      lengthsDisagreeBetween({ baseline, candidate }, 'cpuPerRequest', margin);
    expect(disagree(steady, edges)).toContain('pausing distorts client CPU per request');
    expect(disagree(edges, edges)).toBeNull();
  });

  it('is whether the level moved from launch to launch', () => {
    const level = (of: MeasuredLaunch[]) =>
      levelDrift(of, 'run:before/v1', 'cpuPerRequest', margin)?.message;
    expect(level(launches('rising', (index) => 1 + 0.02 * index))).toContain(
      'run:before/v1: client CPU per request moved while the run was measured, +',
    );
    expect(level(steady)).toBeUndefined();
    expect(level(launches('few', (index) => 1 + 0.02 * index, 5))).toBeUndefined();
    expect(level(launches('slight', (index) => 1 + 0.001 * index))).toBeUndefined();
  });
});

it.each([
  [40_000, '40 seconds'],
  [180_000, '3 minutes'],
  [3 * 3_600_000, '3 hours'],
  [72 * 3_600_000, '3 days'],
])('%d ms are %s', (ms, words) => {
  expect(apartWords(ms)).toBe(words);
});
