import { metrics } from '../model/metrics.ts';
import type { Report } from '../model/report.ts';
import { gatingOf } from './change.ts';
import { formatShare } from './number.ts';

/** What it takes to fail, in the numbers of this run. */
export function gateParagraph(report: Report): string {
  const { sensitivity, failOn, strict } = report.method;
  return `A proven change for the worse fails only beyond its margin: ${margins(report)}. A run that could not have seen a change of ${formatShare(sensitivity)} does not pass. The gate fails on: ${failOn}${strict ? '; strict, so slower fails too' : ''}.`;
}

const margins = (report: Report): string => {
  const all = report.cells.flatMap((cell) =>
    gatingOf(cell).map(({ metric, margin }) => `${metrics[metric].label} ${formatShare(margin)}`),
  );
  return all.length === 0 ? 'no metric gated' : [...new Set(all)].join(', ');
};
