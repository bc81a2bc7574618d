import { describe, expect, it } from 'vitest';
import { judge, verdictOf } from '../../src/analysis/compare.ts';
import { gatingMetrics } from '../../src/analysis/gating.ts';
import type { JudgedCell } from '../../src/analysis/judge-matrix.ts';
import type { PairedObserved } from '../../src/analysis/observed.ts';
import { decide } from '../../src/analysis/outcome.ts';
import { selfWarnings } from '../../src/analysis/self-warnings.ts';
import { assignCores, parseCpuList } from '../../src/machine/cores.ts';
import { calibrate } from '../../src/measure/calibrate.ts';
import type { Gate } from '../../src/model/plan.ts';
import type { Comparison, Verdict } from '../../src/model/report.ts';
import { measuredEnvironment } from '../../src/process/environment.ts';
import { singleLook } from '../../src/stats/sequential.ts';
import { plan, shipped } from '../fixtures/matrix/planned.ts';

const { gate } = plan(shipped('incident.yaml'));

describe('a verdict', () => {
  const facts = { proven: true, worse: 0.05, margin: 0.02, equivalent: false };
  it.each<[Partial<typeof facts>, Verdict]>([
    [{}, 'regression'],
    [{ worse: 0.01 }, 'slower'],
    [{ worse: 0.01, equivalent: true }, 'slower'],
    [{ worse: -0.01 }, 'faster'],
    [{ worse: -0.05 }, 'improvement'],
    [{ proven: false, equivalent: true }, 'unchanged'],
    [{ proven: false }, 'inconclusive'],
  ])('%o is %s', (some, expected) => {
    expect(verdictOf({ ...facts, ...some })).toBe(expected);
  });

  const observed = (metric: PairedObserved['metric'], ratios: number[]): PairedObserved => ({
    kind: 'paired',
    metric,
    gating: true,
    baseline: ratios.map(() => 100),
    candidate: ratios.map((r) => 100 * Math.exp(r)),
    ratios,
    looks: singleLook(ratios.length),
  });
  const scatter = [0.01, -0.01, 0.012, -0.008, 0.005, -0.004, 0.002, -0.007];

  it('direction belongs to the metric: more RPS is better, more CPU is worse', () => {
    const up = scatter.map((x) => x * 0.1 + 0.1);
    const corrected = { adjusted: 1e-6, divisor: 4 };
    expect(judge(observed('rps', up), corrected, gate).verdict).toBe('improvement');
    expect(judge(observed('cpuPerRequest', up), corrected, gate).verdict).toBe('regression');
  });

  it('the p of equality stays a p where nothing is near equal', () => {
    const far = scatter.map((x) => x * 0.1 + 0.3);
    expect(judge(observed('cpuPerRequest', far), null, gate).equivalenceP).toBeGreaterThan(0.99);
    const near = scatter.map((x) => x * 0.1);
    expect(judge(observed('cpuPerRequest', near), null, gate).equivalenceP).toBeLessThan(0.001);
  });

  it('errors in the candidate alone are a regression, in both are not judged', () => {
    const errors = (b: number, c: number) =>
      judge(
        {
          kind: 'paired',
          metric: 'errorRate',
          gating: true,
          baseline: [b],
          candidate: [c],
          ratios: [],
          looks: singleLook(1),
        },
        null,
        gate,
      ).verdict;
    expect([errors(0, 0.1), errors(0.1, 0), errors(0, 0), errors(0.1, 0.1)]).toEqual([
      'regression',
      'improvement',
      'unchanged',
      'inconclusive',
    ]);
  });
});

describe('gating metrics', () => {
  it('follow what the compare axis changes', () => {
    expect(gatingMetrics('client', 'client', 'targetCpuPerRequest', 'closed')).toEqual([
      'cpuPerRequest',
      'rps',
    ]);
    expect(gatingMetrics('target', 'target', 'targetCpuPerRequest', 'closed')).toEqual([
      'targetCpuPerRequest',
      'rps',
    ]);
    expect(gatingMetrics('target', 'client', 'targetCpuPerRequest', 'closed')).toEqual([
      'targetCpuPerRequest',
    ]);
  });

  it('are latency and RPS where the CPU of the target cannot be read', () => {
    expect(gatingMetrics('target', 'unknown', 'latencyMean', 'closed')).toEqual([
      'latencyMean',
      'rps',
    ]);
    expect(gatingMetrics('target', 'client', 'latencyMean', 'closed')).toEqual(['latencyMean']);
    expect(gatingMetrics('both', 'unknown', 'latencyMean', 'closed')).toEqual([
      'cpuPerRequest',
      'latencyMean',
      'rps',
    ]);
    expect(gatingMetrics('client', 'unknown', 'latencyMean', 'closed')).toEqual([
      'cpuPerRequest',
      'rps',
    ]);
  });
});

describe('the exit code table', () => {
  const comparison = (verdict: Verdict, detectable: number): Comparison => ({
    ...{ metric: 'cpuPerRequest', unit: 'µs', better: 'lower', gating: true, margin: 0.02 },
    ...{ baseline: 1, candidate: 1, change: null, p: 0.5, adjustedP: 0.5, signFlipP: 0.5 },
    ...{ equivalenceP: 0.5, detectable, verdict, perLaunch: [] },
  });
  const exit = (verdict: Verdict, detectable = 0.01, changed: Partial<Gate> = {}): number => {
    const metrics = [comparison(verdict, detectable)];
    const cell = { verdict, metrics, limits: [] } as unknown as JudgedCell;
    return decide([cell], { label: null, gate: { ...gate, ...changed } }).exitCode;
  };
  it('of a run that is kept under a label fails only where there is nothing to keep', () => {
    const kept = (verdict: Verdict): number => {
      const metrics = [comparison(verdict, 0.5)];
      const cell = { verdict, metrics, limits: [] } as unknown as JudgedCell;
      return decide([cell], { label: 'before', gate }).exitCode;
    };
    expect([kept('invalid'), kept('regression'), kept('inconclusive')]).toEqual([3, 0, 0]);
  });

  it('of it warns where a variant differs from itself', () => {
    const of = { ...plan(shipped('incident.yaml'), { candidate: 'v1' }), label: 'before' };
    const warned = (...verdicts: Verdict[]) =>
      selfWarnings(
        of,
        verdicts.map((verdict) => ({
          ...{ verdict, metrics: [comparison(verdict, 0.5)], limits: [] },
          findings: { cell: of.cells[0] } as JudgedCell['findings'],
        })),
      ).map(({ message }) => message);
    expect(warned('unchanged', 'inconclusive', 'invalid')).toEqual([]);
    expect(warned('slower')).toEqual([
      'tls=none,reuse=keep-alive: v1 against itself was called slower in client CPU per request; once in 20 runs is chance',
    ]);
  });

  it.each<[Verdict, number, [number, number, number, number]]>([
    ['regression', 0.01, [1, 1, 1, 0]],
    ['invalid', 0.01, [3, 3, 3, 0]],
    ['inconclusive', 0.5, [3, 3, 3, 0]],
    ['inconclusive', 0.01, [0, 0, 1, 0]],
    ['slower', 0.01, [0, 1, 0, 0]],
    ['unchanged', 0.01, [0, 0, 0, 0]],
    ['improvement', 0.01, [0, 0, 0, 0]],
  ])('%s with detectable %d', (verdict, detectable, expected) => {
    expect([
      exit(verdict, detectable),
      exit(verdict, detectable, { strict: true }),
      exit(verdict, detectable, { failOn: 'inconclusive' }),
      exit(verdict, detectable, { failOn: 'never' }),
    ]).toEqual(expected);
  });
});

describe('calibration', () => {
  const grain = { step: 8, least: 16, whole: 8 };
  const each = (ms: number) => ({ baseline: ms, candidate: ms });
  it('holds as many requests as 16 ms take, 1,000 at the most', () => {
    expect(calibrate({ grain, msPerRequest: each(0.005), sliceTimeMs: 2700 }).requests).toBe(1000);
    expect(calibrate({ grain, msPerRequest: each(0.1), sliceTimeMs: 2700 })).toEqual({
      requests: 160,
      blocks: 42,
    });
  });
  it('holds two requests per connection where they are slow, and at least two blocks fit', () => {
    const msPerRequest = { baseline: 8, candidate: 31 };
    expect(calibrate({ grain, msPerRequest, sliceTimeMs: 2700 })).toEqual({
      requests: 16,
      blocks: 2,
    });
    expect(calibrate({ grain, msPerRequest: each(200), sliceTimeMs: 2700 })).toEqual({
      requests: 16,
      blocks: 2,
    });
  });
});

describe('cores', () => {
  it('client and target apart, workers in turn, siblings never', () => {
    expect(parseCpuList('0-2,5')).toEqual([0, 1, 2, 5]);
    expect(assignCores([0, 1], 1)).toEqual({ workers: [0], target: 1, crowded: false });
    expect(assignCores([0, 1, 2], 4)).toEqual({ workers: [0, 1, 0, 1], target: 2, crowded: true });
    expect(assignCores([0], 1)).toEqual({ workers: [null], target: null, crowded: true });
  });
});

describe('the environment of a measured process', () => {
  it('inherits nothing that could change a measurement', () => {
    const env = { PATH: '/bin', NODE_OPTIONS: '--inspect', https_proxy: 'x', SECRET: 'y' };
    expect(measuredEnvironment(env, 'id', { A: '1' })).toEqual({
      PATH: '/bin',
      A: '1',
      BENCH_RUN: 'id',
    });
  });
});
