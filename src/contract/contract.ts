import type { ByRole, Role } from '../model/plan.ts';
import { roles } from '../model/plan.ts';
import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { clausesOf } from './clauses.ts';
import type { Evidence } from './evidence.ts';

export interface Contract {
  readonly ok: boolean;
  readonly clauses: readonly Clause[];
}

const unrelayed: ByRole<readonly Evidence[]> = { baseline: [], candidate: [] };
const severity = { proven: 0, unproven: 1, broken: 2 } as const;

/** The clauses of both arms over all launches, in each of which both arms ran. */
export const contractOfLaunches = (
  arms: ByRole<Settings>,
  launches: readonly ByRole<Evidence>[],
  equal: readonly Clause[],
  relayed: ByRole<readonly Evidence[]> = unrelayed,
): Contract =>
  contractOfRuns(
    arms,
    {
      baseline: launches.map(({ baseline }) => [baseline]),
      candidate: launches.map(({ candidate }) => [candidate]),
    },
    equal,
    relayed,
  );

/**
 * The same where each arm has launches of its own. Each launch is checked on its own, so that one launch
 * cannot make up for another; what is shown is the worst launch, else the last.
 * @param launches of each arm, and all that ran as this arm in one of them.
 * @param relayed of contract launches, for the arms whose targets do not count.
 */
export function contractOfRuns(
  arms: ByRole<Settings>,
  launches: ByRole<readonly (readonly Evidence[])[]>,
  equal: readonly Clause[],
  relayed: ByRole<readonly Evidence[]> = unrelayed,
): Contract {
  const worst = new Map<string, Clause>();
  for (const role of roles) {
    for (const [index, ran] of launches[role].entries()) {
      for (const found of ran.flatMap((evidence) => clausesOf(arms[role], evidence)))
        keepWorst(worst, found, role, index);
    }
    for (const found of relayed[role].flatMap((evidence) => clausesOf(arms[role], evidence)))
      takeProof(worst, found, role);
  }
  const clauses = [...worst.values(), ...equal];
  return { ok: clauses.every(({ state }) => state !== 'broken'), clauses };
}

function keepWorst(worst: Map<string, Clause>, found: Clause, role: Role, launch: number): void {
  const key = `${role}/${found.clause}`;
  const known = worst.get(key);
  if (known !== undefined && severity[found.state] < severity[known.state]) return;
  if (known !== undefined && known.state === 'broken') return;
  const where = found.state === 'broken' ? ` (launch ${launch + 1})` : '';
  worst.set(key, {
    ...found,
    clause: `${role}: ${found.clause}`,
    observed: `${found.observed}${where}`,
  });
}

/** Fills the gap that a target leaves which does not count, and breaks what the relay saw broken. */
function takeProof(worst: Map<string, Clause>, found: Clause, role: Role): void {
  const key = `${role}/${found.clause}`;
  const known = worst.get(key);
  if (known === undefined || known.state === 'broken') return;
  if (known.state === 'proven' && found.state !== 'broken') return;
  const observed = `${found.observed} (contract launch)`;
  worst.set(key, { ...found, clause: known.clause, observed });
}
