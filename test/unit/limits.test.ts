import { describe, expect, it } from 'vitest';
import { judge } from '../../src/analysis/compare.ts';
import type { JudgedCell } from '../../src/analysis/judge-matrix.ts';
import { limitReports } from '../../src/analysis/limits.ts';
import type { Observed } from '../../src/analysis/observed.ts';
import { decide } from '../../src/analysis/outcome.ts';
import { sentenceOf } from '../../src/analysis/sentence.ts';
import type { Gate } from '../../src/model/plan.ts';
import type { LimitReport, Verdict } from '../../src/model/report.ts';
import { limitWords } from '../../src/report/limit-words.ts';
import { singleLook } from '../../src/stats/sequential.ts';
import { plan, versions } from '../fixtures/matrix/planned.ts';

const gateOf = (limits: string): Gate => plan(`gate: { limits: { ${limits} } }\n${versions}`).gate;

/** Launches of a candidate that scatter by a few per cent about a value. */
const observed = (metric: Observed['metric'], about: number): Observed => {
  const candidate = [0.97, 1.02, 0.99, 1.03].map((x) => x * about);
  const baseline = candidate.map(() => about);
  return {
    kind: 'paired',
    ...{ metric, gating: false, baseline, candidate, looks: singleLook(4) },
    ratios: candidate.map((c) => (about === 0 ? 0 : Math.log(c / about))),
  };
};
const reported = (limits: string, ...all: readonly Observed[]) => {
  const gate = gateOf(limits);
  return limitReports(
    gate,
    all.map((one) => judge(one, null, gate)),
    all,
  );
};

describe('a limit', () => {
  it.each([
    ['latencyP95: 10ms', 9_000, 'held', ''],
    ['latencyP95: 10ms', 9_900, 'held', 'within the noise of the limit'],
    ['latencyP95: 10ms', 10_100, 'broken', 'within the noise of the limit'],
    ['latencyP95: 10ms', 12_000, 'broken', ''],
  ] as const)('%s, at %d µs, is %s', (limits, about, state, note) => {
    const [report] = reported(limits, observed('latencyP95', about));
    expect(report).toMatchObject({ state, limit: 10_000 });
    expect(report === undefined ? null : limitWords(report).note).toBe(note);
  });

  it('is the least where more is better', () => {
    const state = (about: number) => reported('rps: 500', observed('rps', about))[0]?.state;
    expect([state(400), state(600)]).toEqual(['broken', 'held']);
  });

  it('has the value of the comparison, and an interval around it', () => {
    const all = observed('latencyP50', 5_000);
    const gate = gateOf('latencyP50: 1s');
    const [report] = limitReports(gate, [judge(all, null, gate)], [all]);
    expect(report?.observed).toBe(judge(all, null, gate).candidate);
    expect(report?.interval?.low).toBeLessThan(report?.observed ?? 0);
    expect(report?.interval?.high).toBeGreaterThan(report?.observed ?? 0);
  });

  it('of errors may be none at all', () => {
    const state = (about: number) =>
      reported('errorRate: 0%', observed('errorRate', about))[0]?.state;
    expect([state(0), state(0.001)]).toEqual(['held', 'broken']);
  });

  it('on what was not measured is not held', () => {
    expect(reported('latencyP95: 10ms', observed('rps', 5))).toEqual([
      {
        ...{ metric: 'latencyP95', unit: 'µs', better: 'lower', limit: 10_000 },
        ...{ state: 'unmeasured', observed: null, interval: null },
      },
    ]);
  });
});

const limit = (
  observedUs: number | null,
  metric: LimitReport['metric'] = 'latencyP95',
): LimitReport => {
  const shared = { metric, unit: 'µs', better: 'lower', limit: 10_000 } as const;
  if (observedUs === null)
    return { ...shared, state: 'unmeasured', observed: null, interval: null };
  const state = observedUs > 10_000 ? 'broken' : 'held';
  return { ...shared, state, observed: observedUs, interval: null };
};

const cell = (verdict: Verdict, ...limits: readonly LimitReport[]): JudgedCell =>
  ({
    ...{ verdict, limits, findings: { cell: { id: 'tls=none' }, invalid: 'why' } },
    metrics: [{ ...judge(observed('cpuPerRequest', 5), null, gateOf('')), gating: true, verdict }],
  }) as unknown as JudgedCell;

describe('the gate', () => {
  const of = plan('axes: { version: { v1: {}, v2: {} } }');
  const said = (cells: readonly JudgedCell[], failOn: Gate['failOn'] = 'regression') => {
    const { outcome, exitCode } = decide(cells, { ...of, gate: { ...gateOf(''), failOn } });
    return [outcome, exitCode, sentenceOf(outcome, cells, of)];
  };

  it('fails where a limit is broken, and says which', () => {
    const cells = [cell('unchanged', limit(12_500), limit(11_000, 'latencyP50'))];
    const sentence =
      'v2 against v1: limits of v2 are broken in 1 of 1 cell; farthest is p95 latency at tls=none, +25 % against its limit.';
    expect(said(cells)).toEqual(['limit-broken', 1, sentence]);
    expect(said(cells, 'never')).toEqual(['limit-broken', 0, sentence]);
  });

  it('names a regression first', () => {
    const [outcome, code, sentence] = said([cell('regression', limit(12_500))]);
    expect([outcome, code]).toEqual(['regression', 1]);
    expect(sentence).toContain('; limits are broken in 1 of 1 cell.');
  });

  it('does not pass where nobody could check a limit', () => {
    expect(said([cell('unchanged', limit(9_000), limit(null, 'latencyP99'))])).toEqual([
      'invalid',
      3,
      'v2 against v1: limits could not be checked in 1 of 1 cell; p99 latency is not measured in tls=none.',
    ]);
  });

  it('speaks of a broken limit before what could not be judged', () => {
    const [outcome, code] = said([cell('invalid', limit(null)), cell('unchanged', limit(12_500))]);
    expect([outcome, code]).toEqual(['limit-broken', 1]);
  });

  it('passes where all are held, and says so', () => {
    expect(said([cell('unchanged', limit(9_000))])).toEqual([
      'pass',
      0,
      'v2 against v1: no regression in 1 cell (1 unchanged), and all limits are held.',
    ]);
  });
});
