import { type Role, roles } from '../../model/plan.ts';
import type { CellReport, WorkerFigures } from '../../model/report.ts';
import { bar } from '../charts/bar.ts';
import { formatRange, formatScaled, scaleFor } from '../number.ts';
import { imbalanceWords, workerPairs } from '../worker-pairs.ts';

/** RPS and CPU of each worker, both arms in turn. Null without workers. */
export function workersView(cell: CellReport) {
  const pairs = workerPairs(cell);
  const all = pairs.flatMap((pair) => roles.flatMap((role) => pair[role] ?? []));
  if (all.length === 0) return null;
  const most = {
    rate: Math.max(...all.map(({ rps, rpsRange }) => Math.max(rps, rpsRange[1]))),
    load: Math.max(1, ...all.map(({ cpuUtilisationRange }) => cpuUtilisationRange[1])),
  };
  return {
    rows: pairs.flatMap((pair) =>
      roles.flatMap((role) => {
        const own = pair[role];
        const other = pair[role === 'baseline' ? 'candidate' : 'baseline'];
        return own === null ? [] : [workerRow(pair.worker, role, own, other, most)];
      }),
    ),
    imbalance: imbalanceWords(cell),
    isShared: cell.clients === 'shared',
  };
}

/** @param other the same worker of the other arm: both are shown with one prefix. */
function workerRow(
  worker: number,
  role: Role,
  own: WorkerFigures,
  other: WorkerFigures | null,
  most: { readonly rate: number; readonly load: number },
) {
  const rate = scaleFor('1/s', [own.rps, other?.rps ?? null]);
  const cost = scaleFor('µs', [own.cpuPerRequest, other?.cpuPerRequest ?? null]);
  const load = scaleFor('fraction', [own.cpuUtilisation]);
  return {
    worker,
    role,
    rps: formatScaled(own.rps, rate),
    rpsRange: formatRange(...own.rpsRange, rate),
    rpsBar: bar(`of-${role}`, own.rps, own.rpsRange, most.rate),
    cpu: formatScaled(own.cpuUtilisation, load),
    cpuRange: formatRange(...own.cpuUtilisationRange, load),
    cpuBar: bar(`of-${role}`, own.cpuUtilisation, own.cpuUtilisationRange, most.load),
    cost: formatScaled(own.cpuPerRequest, cost),
    costRange: formatRange(...own.cpuPerRequestRange, cost),
  };
}
