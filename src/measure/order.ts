import type { Role } from '../model/plan.ts';
import { coin, type Random } from '../stats/random.ts';

/** ABBA or BAAB, drawn: linear drift within a block cancels, and neither arm is always first. */
export const blockOrder = (random: Random): readonly [Role, Role, Role, Role] =>
  coin(random)
    ? ['baseline', 'candidate', 'candidate', 'baseline']
    : ['candidate', 'baseline', 'baseline', 'candidate'];
