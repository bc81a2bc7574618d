import type { Report } from '../model/report.ts';
import { gatingOf } from './change.ts';
import { formatLevel } from './number.ts';

/** What stands in brackets beside a change; null where nothing does. */
export function intervalSentence(report: Report): string | null {
  const levels = report.cells
    .flatMap((cell) => gatingOf(cell).map(({ change }) => change?.level ?? null))
    .filter((level) => level !== null);
  if (levels.length === 0) return null;
  const [low, high] = [Math.min(...levels), Math.max(...levels)].map(formatLevel);
  const unpaired = report.compare.kind === 'unpaired' ? ', unpaired' : '';
  return `In brackets the ${low === high ? low : `${low} to ${high}`} interval${unpaired}.`;
}
