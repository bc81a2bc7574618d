import { whyCapped } from '../analysis/one-pair.ts';
import { whyWeaker } from '../analysis/unpaired-run.ts';
import type { Report } from '../model/report.ts';

/** What has to stand beside every verdict of a comparison that is weaker than one of fresh processes in one run. */
export const noticesOf = ({ compare, cells }: Pick<Report, 'compare' | 'cells'>): string[] => [
  ...(compare.kind === 'unpaired'
    ? [
        `Unpaired, and so weaker: ${whyWeaker(compare)}. Compare both live before you act on a small change.`,
      ]
    : []),
  ...(cells.some(({ onePair }) => onePair) ? [`Of one pair, and so weaker: ${whyCapped}.`] : []),
];
