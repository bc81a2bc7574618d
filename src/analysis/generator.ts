import type { ByRole } from '../model/plan.ts';
import { roles } from '../model/plan.ts';
import type { Bottleneck } from '../model/report.ts';
import { count } from '../model/units.ts';
import type { Warning } from '../model/warning.ts';
import { type ArmTotals, metricOf } from './arm-totals.ts';

/** Below this share of the intended rate a load was not kept. */
const kept = 0.95;
/** What a worker can be planned to use of its core: near to 100 % it is late for every burst. */
const plannedUse = 0.75;

/** Says of paced load that was not kept for want of CPU in the load generator how many workers would do. */
export function generatorBound(
  launches: readonly ByRole<ArmTotals>[],
  bottleneck: ByRole<Bottleneck>,
): Warning | null {
  const found = roles.flatMap((role) => {
    if (bottleneck[role] !== 'client' && bottleneck[role] !== 'both') return [];
    const arms = launches.map((launch) => launch[role]);
    const achieved = mean(arms.map((arm) => metricOf('achievedRate', arm)));
    const intended = mean(arms.map(({ intendedRate }) => intendedRate));
    const cpuUs = mean(arms.map((arm) => metricOf('cpuPerRequest', arm)));
    if (achieved === null || intended === null || cpuUs === null || achieved >= kept) return [];
    const workers = arms[0]?.workers.length ?? 1;
    const needed = Math.ceil((intended * cpuUs) / 1e6 / plannedUse);
    return [{ role, achieved, intended, workers, needed }];
  });
  const [first] = found;
  if (first === undefined) return null;
  const words = found.map(
    ({ role, achieved, intended, workers, needed }) =>
      `${role}: ${count(workers, 'worker')} achieve${workers === 1 ? 's' : ''} ${(achieved * 100).toFixed(0)} % of ${intended.toFixed(0)} requests/s, ${count(needed, 'worker')} would do`,
  );
  return {
    code: 'generator-bound',
    message: `the load generator is the bottleneck (${words.join('; ')}, at ${plannedUse * 100} % of a core each)`,
    next: 'Give it that many workers, or make a request cheaper for it: keep connections, or share the TLS context.',
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
