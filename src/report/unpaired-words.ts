import { whyWeaker } from '../analysis/unpaired-run.ts';
import type { Report } from '../model/report.ts';

/** What has to stand beside every verdict of an unpaired comparison; null of a paired one. */
export const unpairedNotice = ({ compare }: Report): string | null =>
  compare.kind === 'unpaired'
    ? `Unpaired, and so weaker: ${whyWeaker(compare)}. Compare both live before you act on a small change.`
    : null;
