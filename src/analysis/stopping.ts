import type { Gate } from '../model/plan.ts';
import type { Comparison } from '../model/report.ts';
import { relativeChange } from '../model/units.ts';
import { detectableShift } from '../stats/detectable.ts';
import { chanceOfDecision } from '../stats/futility.ts';
import { moments } from '../stats/moments.ts';
import type { CellFindings } from './cell.ts';
import type { JudgedCell } from './judge-matrix.ts';
import type { PairedObserved } from './observed.ts';

/** Below this chance of ever being decided, the launches of a cell are better spent on others. */
const hopeless = 0.1;

/** Whether a cell needs no more launches, and why. */
export type Standing = 'decided' | 'futile' | 'open';

/** @param most launches that the cell may get. */
export function standingOf(
  { findings, metrics, verdict }: JudgedCell<CellFindings>,
  gate: Gate,
  most: number,
): Standing {
  // A broken contract stays broken.
  if (verdict === 'invalid') return 'decided';
  const gating = metrics.filter((metric) => metric.gating);
  const undecided = gating.filter((metric) => metric.verdict === 'inconclusive');
  if (undecided.length === 0) return gating.length === 0 ? 'open' : 'decided';
  const futile = undecided.every((comparison) => {
    const observed = findings.observed.find(({ metric }) => metric === comparison.metric);
    return observed !== undefined && isFutile(comparison, observed, gate, most);
  });
  return futile ? 'futile' : 'open';
}

function isFutile(
  comparison: Comparison,
  { ratios }: PairedObserved,
  gate: Gate,
  most: number,
): boolean {
  if (ratios.length < 2 || comparison.change === null) return false;
  const { margin, change } = comparison;
  const alpha = 1 - change.level;
  const { sd } = moments(ratios);
  const sees = (n: number): boolean =>
    relativeChange(detectableShift({ sd, n, alpha })) <= gate.sensitivity;
  // More launches would at least show that a change of the wanted size is not there.
  if (!sees(ratios.length) && sees(most)) return false;
  const plan = { most, alpha, low: Math.log(1 - margin), high: Math.log(1 + margin) };
  return chanceOfDecision(ratios, { ...plan, level: gate.alpha }) < hopeless;
}
