import { armName, type Cell, type Plan, type Role } from '../model/plan.ts';

/** For messages, of what runs for these cells. Unpaired, both arms that run are the candidate. */
export function armTitle({ compare }: Plan, role: Role, cells: readonly [Cell, ...Cell[]]): string {
  const names = (of: Role): string =>
    [...new Set(cells.map((cell) => armName(cell, of, compare)))].join(', ');
  return compare.kind === 'unpaired'
    ? `${names('candidate')} as ${role}`
    : `${role} ${names(role)}`;
}
