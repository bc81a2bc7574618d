import { describe, expect, it } from 'vitest';
import { judgeMatrix } from '../../src/analysis/judge-matrix.ts';
import { capped, isOfOnePair, onePairWarnings } from '../../src/analysis/one-pair.ts';
import { comparedWords } from '../../src/analysis/sentence.ts';
import type { Findings } from '../../src/analysis/cell.ts';
import type { PairedObserved } from '../../src/analysis/observed.ts';
import type { Cell, Plan } from '../../src/model/plan.ts';
import type { RemoteWorkers } from '../../src/model/remote.ts';
import type { Comparison, Verdict } from '../../src/model/report.ts';
import { singleLook } from '../../src/stats/sequential.ts';
import { plan, shipped } from '../fixtures/matrix/planned.ts';

const incident: Plan = plan(shipped('incident.yaml'));

const stay: RemoteWorkers = { listen: '192.0.2.10', withinMs: 1000, restart: null };
const restarted: RemoteWorkers = { ...stay, restart: './restart-workers' };

/** The first cell with workers of this kind in each arm. */
function cellWith(baseline: RemoteWorkers | null, candidate: RemoteWorkers | null): Cell {
  const [first] = incident.cells;
  const of = (remote: RemoteWorkers | null) => ({
    ...first.arms.baseline,
    client: { ...first.arms.baseline.client, remote },
  });
  return { ...first, arms: { baseline: of(baseline), candidate: of(candidate) } };
}

it('a cell is of one pair where the remote workers of an arm are not restarted', () => {
  const found = (baseline: RemoteWorkers | null, candidate: RemoteWorkers | null) =>
    isOfOnePair(cellWith(baseline, candidate));
  expect([
    found(null, null),
    found(restarted, restarted),
    found(stay, restarted),
    found(restarted, stay),
    found(stay, stay),
  ]).toEqual([false, false, true, true, true]);
});

/** Launches that leave no doubt of this log ratio. */
const observed = (metric: PairedObserved['metric'], ratio: number): PairedObserved => {
  const ratios = [0.01, -0.01, 0.012, -0.008, 0.005, -0.009].map((x) => ratio + x * 0.1);
  return {
    ...{ kind: 'paired', metric, gating: true, ratios, looks: singleLook(ratios.length) },
    baseline: ratios.map(() => 100),
    candidate: ratios.map((r) => 100 * Math.exp(r)),
  };
};

const judged = (cell: Cell, ratio: number): Verdict | undefined => {
  const findings = {
    ...{
      cell,
      targetMetric: 'targetCpuPerRequest',
      primary: 'cpuPerRequest',
      invalid: null,
      pace: null,
    },
    contract: { ok: true, clauses: [] },
    bottleneck: { baseline: 'client', candidate: 'client' },
    observed: [observed('cpuPerRequest', ratio), observed('rps', 0)],
  } satisfies Findings;
  return judgeMatrix([findings], incident.gate).cells[0]?.verdict;
};

describe('a verdict of one pair', () => {
  it('is slower or faster at most, whatever the size', () => {
    expect(judged(cellWith(restarted, restarted), 1)).toBe('regression');
    expect(judged(cellWith(stay, stay), 1)).toBe('slower');
    expect(judged(cellWith(null, null), -1)).toBe('improvement');
    expect(judged(cellWith(stay, stay), -1)).toBe('faster');
    expect(judged(cellWith(stay, stay), 0)).toBe('unchanged');
  });

  it('leaves errors as they are: they are counted, not estimated', () => {
    const errors = { change: null, verdict: 'regression' } as unknown as Comparison;
    expect(capped(errors)).toBe(errors);
  });

  it('is marked in the sentence, and warned of with what to do', () => {
    const of = (...cells: [Cell, ...Cell[]]): Plan => ({ ...incident, cells });
    const [fresh, kept] = [cellWith(null, null), cellWith(stay, stay)];
    expect(comparedWords(of(kept))).toMatch(/ against .*, of one pair$/);
    expect(comparedWords(of(fresh))).not.toContain('pair');
    expect(onePairWarnings(of(fresh))).toEqual([]);
    const [warning] = onePairWarnings(of(fresh, kept));
    expect(warning?.code).toBe('one-pair');
    expect(warning?.message).toContain('in 1 of 2 cells');
    expect(warning?.next).toContain('client.workers.restart');
  });
});
