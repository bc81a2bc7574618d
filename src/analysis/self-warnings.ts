import { metrics } from '../model/metrics.ts';
import type { Plan } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import type { JudgedCell } from './judge-matrix.ts';

/** A variant against itself that was called changed: what is kept under the label is doubtful. */
export function selfWarnings({ label }: Plan, cells: readonly JudgedCell[]): Warning[] {
  if (label === null) return [];
  return cells.flatMap(({ findings, metrics: comparisons }) =>
    comparisons
      .filter(({ gating }) => gating)
      .filter(({ verdict }) => !['unchanged', 'inconclusive', 'invalid'].includes(verdict))
      .map(({ metric, verdict }) => ({
        code: 'unequal-halves',
        message: `${findings.cell.id}: ${findings.cell.candidate} against itself was called ${verdict} in ${metrics[metric].label}; once in 20 runs is chance`,
        next: 'Keep it again under the same label where the machine is quieter: the newest run counts.',
      })),
  );
}
