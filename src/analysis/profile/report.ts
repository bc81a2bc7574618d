import type { JournalRow } from '../../model/journal.ts';
import type { MetricName } from '../../model/metrics.ts';
import { type Side, roles } from '../../model/plan.ts';
import type { ProfiledPart, ProfileReport, ProfileRow, TakenProfile } from '../../model/profile.ts';
import type { Comparison } from '../../model/report.ts';
import type { Warning } from '../../model/warning.ts';
import type { JudgedCell } from '../judge-matrix.ts';
import { profileDifference } from './difference.ts';
import { partsOf } from './wish.ts';

/** What is known of a cell, the part under test first. Of rows for one part the last counts. */
export function profilesOf(
  { findings, metrics }: JudgedCell,
  side: Side,
  rows: readonly JournalRow[],
): readonly ProfileReport[] {
  const own = rows
    .filter((row) => row.kind === 'profile')
    .filter((row) => row.cell === findings.cell.id);
  return partsOf(side).flatMap((part) => {
    const row = own.findLast((of) => of.part === part);
    return row === undefined ? [] : [reportOf(row, metrics)];
  });
}

const metricOf: Readonly<Record<ProfiledPart, MetricName>> = {
  client: 'cpuPerRequest',
  target: 'targetCpuPerRequest',
};

function reportOf(row: ProfileRow, metrics: readonly Comparison[]): ProfileReport {
  if (row.state === 'taken') {
    const measured = metrics.find(({ metric }) => metric === metricOf[row.part]);
    const { baseline = null, candidate = null } = measured ?? {};
    return profileDifference(row, { baseline, candidate });
  }
  const { part, state, reason, next } = row;
  return { part, state, reason, next };
}

/** Outside of this a profile leaves out what matters, or was taken while others had the cores. */
const accountable = { least: 0.7, most: 2 };

/** What a reader should know before trusting a profile. That some processes can have none is said with the others, and is no warning. */
export function profileWarnings(profiles: readonly ProfileReport[]): readonly Warning[] {
  return profiles.flatMap((profile): Warning[] => {
    if (profile.state === 'taken') return unaccounted(profile);
    if (profile.state === 'impossible') return [];
    const message = `no CPU profile of the ${profile.part}: ${profile.reason}`;
    return [{ code: 'no-profile', message, next: profile.next }];
  });
}

function unaccounted({ part, arms }: TakenProfile): Warning[] {
  const role = roles.find((of) => {
    const { accounted } = arms[of];
    return accounted < accountable.least || accounted > accountable.most;
  });
  if (role === undefined) return [];
  const { accounted } = arms[role];
  const message = `the CPU profile of the ${part} of the ${role} accounts for ${(accounted * 100).toFixed(0)} % of the CPU that was measured`;
  const next =
    accounted < 1
      ? 'What is missing is in worker threads, helper threads or processes that are no Node: profile those by hand.'
      : 'Other programs had its core while it was profiled: its shares stand, but take it again on a quieter machine before you act on a small one.';
  return [{ code: 'profile-unaccounted', message, next }];
}
