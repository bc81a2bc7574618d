import { insensitive } from '../analysis/outcome.ts';
import { metrics } from '../model/metrics.ts';
import type { CellReport, Comparison, LimitReport, Report, Verdict } from '../model/report.ts';
import { gatingOf, verdictIn } from './change.ts';
import { couldHaveSeen, spokenComparison } from './comparison-words.ts';
import { limitWords } from './limit-words.ts';
import { formatShare } from './number.ts';

/** One question that the gate asked, and the answer: a gating metric, or a limit, in a cell. */
export interface Check {
  /** Id of the cell; null where the run has none. */
  readonly cell: string | null;
  /** `client CPU per request`, `p95 latency at most 200 ms`. */
  readonly name: string;
  /** What the gate made of it. `skipped`: it says nothing for or against. */
  readonly state: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly type: Verdict | `limit-${LimitReport['state']}` | 'insensitive';
  /** With the figures, in one sentence. */
  readonly detail: string;
}

/**
 * The gate taken apart, as formats show it that know single tests. Agrees with the exit code: a gate that failed has a
 * check that failed or could not be made, and one that passed has none.
 */
export function checksOf(report: Report): readonly Check[] {
  const checks = report.cells.flatMap((cell) => [
    ...comparisons(report, cell),
    ...cell.limits.map((limit) => limitCheck(cell, limit)),
  ]);
  const all = checks.length > 0 ? checks : [nothingChecked(report)];
  return all.map((check) => (counts(report, check) ? check : withoutWeight(check)));
}

/** With `--fail-on never` nothing fails, and a run that is kept under a label fails only where there is nothing to keep. */
const counts = ({ exitCode, label }: Report, { type }: Check): boolean =>
  exitCode !== 0 && (label === null || type === 'invalid');

const withoutWeight = (check: Check): Check =>
  check.state === 'failed' || check.state === 'errored' ? { ...check, state: 'skipped' } : check;

function comparisons(report: Report, cell: CellReport): readonly Check[] {
  const gating = gatingOf(cell);
  if (gating.length > 0)
    return gating.map((comparison) => comparisonCheck(report, cell, comparison));
  // The primary metric would have gated, had anything been measured.
  const [type, state] =
    cell.verdict === 'invalid'
      ? (['invalid', 'errored'] as const)
      : (['inconclusive', 'skipped'] as const);
  const detail = cell.reason ?? 'nothing was measured that gates';
  return [{ cell: cell.id, name: metrics[cell.primary].label, state, type, detail }];
}

function comparisonCheck(report: Report, cell: CellReport, comparison: Comparison): Check {
  const { failOn, strict, sensitivity } = report.method;
  const verdict = verdictIn(cell, comparison);
  const is = (state: Check['state'], type: Check['type'], detail: string): Check => ({
    ...{ cell: cell.id, name: metrics[comparison.metric].label },
    ...{ state, type, detail },
  });
  const figures = `${spokenComparison(cell, comparison)}; margin ${formatShare(comparison.margin)}`;
  switch (verdict) {
    case 'regression':
      return is('failed', verdict, figures);
    case 'slower':
      return is(strict ? 'failed' : 'passed', verdict, figures);
    case 'unchanged':
    case 'faster':
    case 'improvement':
      return is('passed', verdict, figures);
    case 'invalid':
      return is('errored', verdict, cell.reason ?? 'nothing could be compared');
    case 'inconclusive': {
      const seen = couldHaveSeen(cell, comparison);
      if (insensitive(comparison, sensitivity))
        return is('errored', 'insensitive', `${seen}, and has to see ${formatShare(sensitivity)}`);
      return is(failOn === 'inconclusive' ? 'failed' : 'skipped', verdict, seen);
    }
  }
}

const limitStates = { held: 'passed', broken: 'failed', unmeasured: 'errored' } as const;

function limitCheck(cell: CellReport, limit: LimitReport): Check {
  const { metric, bound, observed, interval, note } = limitWords(limit);
  const figures = `${observed}${interval && ` (${interval})`}, ${bound}`;
  return {
    ...{ cell: cell.id, name: `${metric} ${bound}`, state: limitStates[limit.state] },
    ...{ type: `limit-${limit.state}`, detail: note === '' ? figures : `${figures}; ${note}` },
  };
}

const nothingChecked = ({ sentence }: Report): Check => ({
  ...{ cell: null, name: 'something is measured', state: 'errored', type: 'invalid' },
  detail: sentence,
});
