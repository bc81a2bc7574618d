import type { Plan, Role } from '../model/plan.ts';

/** For messages. Unpaired, both arms that run are the candidate. */
export const armName = ({ compare }: Plan, role: Role): string =>
  compare.kind === 'unpaired' ? `${compare.candidate} as ${role}` : `${role} ${compare[role]}`;
