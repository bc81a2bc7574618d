import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedCell } from '../../../src/analysis/judge-matrix.ts';
import { decide } from '../../../src/analysis/outcome.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { type CellReport, type Report, verdicts } from '../../../src/model/report.ts';
import { checksOf } from '../../../src/report/checks.ts';
import {
  incidentReport,
  inconclusiveReport,
  invalidReport,
  limitsReport,
  sameReport,
} from '../../support/report.ts';

const gates = { failOn: 'regression', strict: false } as const;

/** The report that the same cells would have had under another gate. */
function under(
  report: Report,
  gate: Partial<Pick<Plan['gate'], 'failOn' | 'strict'>>,
  label: string | null = null,
): Report {
  const method = { ...report.method, ...gates, ...gate };
  const plan = { gate: { ...method }, label } as unknown as Plan;
  const decision = decide(report.cells as unknown as JudgedCell[], plan);
  return { ...report, ...decision, label, method };
}

const states = (report: Report): readonly string[] => [
  ...new Set(checksOf(report).map(({ state, type }) => `${state}: ${type}`)),
];

describe('checksOf', () => {
  it('has one for each gating metric and limit of each cell', () => {
    expect(checksOf(incidentReport()).length).toBe(10);
    expect(checksOf(limitsReport()).length).toBe(20);
    expect(checksOf(limitsReport()).map(({ name }) => name)).toContain(
      'p95 latency at most 10.0 ms',
    );
    expect(new Set(checksOf(limitsReport()).map(({ cell, name }) => `${cell} ${name}`)).size).toBe(
      20,
    );
  });

  it('has the figures, or the reason', () => {
    expect(checksOf(incidentReport())[8]).toEqual({
      cell: 'tls=1.3,reuse=close-new-context',
      ...{ name: 'client CPU per request', state: 'failed', type: 'regression' },
      detail: '9.01 ms → 28.1 ms, +212 % (+198 … +227); margin 2 %',
    });
    expect(checksOf(invalidReport()).at(-1)).toMatchObject({
      ...{ state: 'errored', type: 'invalid', name: 'client CPU per request' },
      detail: expect.stringContaining('exited with code 9'),
    });
  });

  it('says of an undecided one what it could have seen, and of one that had to see more that it is an error', () => {
    expect(checksOf(inconclusiveReport())[2]).toMatchObject({
      ...{ state: 'errored', type: 'insensitive' },
      detail: 'would have seen a change of 7.38 %, and has to see 5 %',
    });
  });

  it.each([
    ['a regression', incidentReport(), {}, null, 'failed: regression'],
    ['slower within the margin', incidentReport(), {}, null, 'passed: slower'],
    ['slower, strict', incidentReport(), { strict: true }, null, 'failed: slower'],
    ['a broken limit', limitsReport(), {}, null, 'failed: limit-broken'],
    ['a limit that nobody could check', limitsReport(), {}, null, 'errored: limit-unmeasured'],
    ['never', incidentReport(), { failOn: 'never' }, null, 'skipped: regression'],
    ['never, invalid', invalidReport(), { failOn: 'never' }, null, 'skipped: invalid'],
    ['kept under a label', incidentReport(), {}, 'before', 'skipped: regression'],
    ['kept, with nothing to keep', invalidReport(), {}, 'before', 'errored: invalid'],
  ] as const)('%s', (_, report, gate, label, expected) => {
    expect(states(under(report, gate, label))).toContain(expected);
  });

  it('has an error where no cell was measured', () => {
    const report = { ...sameReport(), cells: [] };
    expect(states(under(report, {}))).toEqual(['errored: invalid']);
  });

  it('fails where the exit code says that the gate failed, and nowhere else', () => {
    const [cell] = limitsReport().cells;
    if (cell === undefined) throw new Error('there are five');
    const anyComparison = fc.record({
      gating: fc.boolean(),
      verdict: fc.constantFrom(...verdicts.filter((verdict) => verdict !== 'invalid')),
      detectable: fc.constantFrom(null, 0.01, 0.05, 0.2),
    });
    const anyCell = fc
      .record({
        isInvalid: fc.boolean(),
        metrics: fc.array(anyComparison, { maxLength: 3 }),
        limits: fc.subarray(['held', 'broken', 'unmeasured'] as const),
      })
      .map(
        ({ isInvalid, metrics, limits }): CellReport => ({
          ...cell,
          verdict: isInvalid ? 'invalid' : (metrics[0]?.verdict ?? 'inconclusive'),
          metrics: metrics.flatMap((one) =>
            cell.metrics.slice(0, 1).map((of) => ({
              ...of,
              ...one,
              ...(isInvalid ? { verdict: 'invalid' as const } : {}),
            })),
          ),
          limits: limits.flatMap((state) =>
            cell.limits
              .slice(0, 1)
              .map((of) => ({ ...of, state: isInvalid ? 'unmeasured' : state }) as typeof of),
          ),
        }),
      );
    fc.assert(
      fc.property(
        fc.array(anyCell, { maxLength: 4 }),
        fc.constantFrom('regression', 'inconclusive', 'never'),
        fc.boolean(),
        fc.constantFrom(null, 'before'),
        (cells, failOn, strict, label) => {
          const report = under({ ...sameReport(), cells }, { failOn, strict }, label);
          const isRed = checksOf(report).some(
            ({ state }) => state === 'failed' || state === 'errored',
          );
          expect(isRed).toBe(report.exitCode !== 0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
