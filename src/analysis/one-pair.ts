import { type Cell, type Plan, roles } from '../model/plan.ts';
import type { Comparison, Verdict } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';

/** Whether all launches of a cell had the same workers: remote ones, which nobody restarted. */
export const isOfOnePair = ({ arms }: Pick<Cell, 'arms'>): boolean =>
  roles.some((role) => {
    const { remote } = arms[role].client;
    return remote !== null && remote.restart === null;
  });

const cap: Partial<Readonly<Record<Verdict, Verdict>>> = {
  regression: 'slower',
  improvement: 'faster',
};

/**
 * What one pair of processes can prove: that these two differ. How much of it belongs to their versions, and how much
 * to their layout and placement, it cannot tell, so no estimate of it is set against a margin. Errors are counted, and
 * stay what they are.
 */
export const capped = (comparison: Comparison): Comparison =>
  comparison.change === null
    ? comparison
    : { ...comparison, verdict: cap[comparison.verdict] ?? comparison.verdict };

/** Why such a verdict is weaker, in one sentence without its end. */
export const whyCapped =
  'the remote workers stayed the same in all launches, so what their layout, JIT decisions and placement cost is not averaged, and a verdict is slower or faster at most';

export function onePairWarnings({ cells }: Pick<Plan, 'cells'>): Warning[] {
  const found = cells.filter(isOfOnePair);
  if (found.length === 0) return [];
  const where = found.length === cells.length ? '' : ` in ${found.length} of ${cells.length} cells`;
  return [
    {
      code: 'one-pair',
      message: `verdicts are of one pair of processes${where}: ${whyCapped}`,
      next: 'Let bench restart the workers before each launch (client.workers.restart), or run again with other workers before you act on a small change.',
    },
  ];
}
