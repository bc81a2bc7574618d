import { type Conditions, conditionWords, differingConditions } from '../analysis/conditions.ts';
import { sideOf } from '../matrix/roles.ts';
import { differingSetting } from '../matrix/written.ts';
import { BenchFailure } from '../model/failure.ts';
import type { HeaderRow, JournalRow } from '../model/journal.ts';
import type { Cell, Plan, StoredRun } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import type { Journal } from '../store/journal.ts';
import { shownReference } from '../store/labels.ts';
import { redacted } from '../store/redact.ts';
import { declaredVersions, refuseWhatEnginesCannot } from './refuse.ts';

/** A run that is kept under a label, and how it was referred to. */
export interface KeptRun {
  readonly stored: StoredRun;
  readonly journal: Journal;
}

const nameOf = ({ stored }: KeptRun): string => shownReference(stored.label, stored.variant);

const again = ({ stored }: KeptRun): string =>
  `\`bench run --label ${stored.label} --variant ${stored.variant}\``;

/**
 * How a variant is measured to be judged against a stored run: against itself as well, in the same cells, by as many
 * launches of the same length, and with the users that the stored baseline had.
 * @param alone the variant as the matrix has it
 * @throws BenchFailure where the stored run lacks a cell, or had other settings beside what is compared.
 */
export function planAgainst(alone: Plan, baseline: KeptRun): Plan {
  const written = writtenBy(alone, baseline.journal.header.plan);
  const shown = redacted(alone);
  for (const cell of shown.cells) refuseOtherSettings(alone, baseline, cell, written);
  const stored = baseline.journal;
  const withUsers = (cell: Cell): Cell => ({
    ...cell,
    arms: {
      baseline: sameUsers(cell.arms.baseline, cell.id, stored.rows),
      candidate: sameUsers(cell.arms.candidate, cell.id, stored.rows),
    },
  });
  const [first, ...others] = alone.cells;
  return {
    ...alone,
    cells: [withUsers(first), ...others.map(withUsers)],
    measure: stored.header.plan.measure,
    compare: {
      ...{ kind: 'unpaired', axis: alone.compare.axis, side: sideOf(written), written },
      ...{ baseline: nameOf(baseline), candidates: alone.compare.candidates },
      stored: { baseline: baseline.stored, candidate: null },
    },
  };
}

/**
 * How two stored runs are judged, with nothing left to measure.
 * @param planned the candidate's variant as the matrix has it: which cells are judged, and by which gate
 * @throws BenchFailure as `planAgainst`
 */
export function planBetween(planned: Plan, baseline: KeptRun, candidate: KeptRun): Plan {
  const { plan } = candidate.journal.header;
  const written = writtenBy(plan, baseline.journal.header.plan);
  const [first, ...others] = planned.cells.map(({ id }) => ({
    ...cellOf(candidate, id),
    candidate: nameOf(candidate),
  }));
  if (first === undefined) throw new Error('a plan has a cell');
  for (const cell of [first, ...others]) {
    refuseOtherSettings(planned, baseline, cell, written);
    refuseOtherUsers(baseline, candidate, cell);
  }
  for (const setting of ['sliceTimeMs', 'warmupMs'] as const) {
    if (plan.measure[setting] === baseline.journal.header.plan.measure[setting]) continue;
    throw otherThan(baseline, `measure.${setting.replace(/Ms$/, '')}`, nameOf(candidate));
  }
  return {
    ...planned,
    ...{ cells: [first, ...others], measure: plan.measure, seed: plan.seed, label: null },
    compare: {
      ...{ kind: 'unpaired', axis: planned.compare.axis, side: sideOf(written), written },
      ...{ baseline: nameOf(baseline), candidates: [nameOf(candidate)] },
      stored: { baseline: baseline.stored, candidate: candidate.stored },
    },
  };
}

/** The stored candidate's header, for a journal that is judged against another. */
export const judgedHeader = (
  { journal }: KeptRun,
  own: Pick<HeaderRow, 'id' | 'createdAt' | 'plan'>,
): HeaderRow => ({ ...journal.header, ...own, origin: null });

/** @throws BenchFailure where the runs were measured in two places, unless that was asked for. */
export function refuseOtherConditions(
  baseline: KeptRun,
  candidate: Conditions,
  acrossMachines: boolean,
): void {
  const found = differingConditions(baseline.journal.header, candidate);
  if (found.length === 0 || acrossMachines) return;
  throw new BenchFailure(
    'configuration',
    `--baseline ${nameOf(baseline)}: measured under other conditions: ${conditionWords(found)}. Measure it again here (${again(baseline)}), or take the difference into the result with --across-machines.`,
  );
}

const writtenBy = (a: Plan, b: Plan): readonly string[] => [
  ...new Set([...a.compare.written, ...b.compare.written]),
];

/** @throws BenchFailure */
function cellOf(run: KeptRun, id: string): Cell {
  const { cells } = run.journal.header.plan;
  const found = cells.find((cell) => cell.id === id);
  if (found !== undefined) return found;
  throw new BenchFailure(
    'configuration',
    `${nameOf(run)} has no cell ${id}. It has ${cells.map((cell) => cell.id).join(' ')}: choose among them with --only, or measure it again (${again(run)}).`,
  );
}

/** @param cell of the candidate, as it is stored */
function refuseOtherSettings(
  plan: Plan,
  baseline: KeptRun,
  cell: Cell,
  written: readonly string[],
): void {
  const stored = cellOf(baseline, cell.id);
  const arms = { baseline: stored.arms.baseline, candidate: cell.arms.candidate };
  const setting = differingSetting(arms.baseline, arms.candidate, written);
  if (setting !== null)
    throw otherThan(baseline, `${setting} in the cell ${cell.id}`, plan.compare.candidates[0]);
  refuseWhatEnginesCannot({ ...plan, cells: [{ ...cell, arms }] }, declaredVersions);
}

const otherThan = (baseline: KeptRun, setting: string, candidate: string): BenchFailure =>
  new BenchFailure(
    'configuration',
    `--baseline ${nameOf(baseline)}: ${setting} is not what ${candidate} has, and the compared axis does not write it. Measure the baseline again (${again(baseline)}), or use the settings that it was measured with.`,
  );

/** Users that were to follow from what the baseline carries, as they were when it was stored. */
function sameUsers(settings: Settings, cell: string, rows: readonly JournalRow[]): Settings {
  const { load } = settings.scenario;
  const users = usersIn(cell, rows);
  if (load.model !== 'constant-throughput' || load.users.kind === 'fixed' || users === null)
    return settings;
  const fixed = { ...load, users: { kind: 'fixed', users } } as const;
  return { ...settings, scenario: { ...settings.scenario, load: fixed } };
}

const usersIn = (cell: string, rows: readonly JournalRow[]): number | null => {
  const row = rows.find((row) => row.kind === 'capacity' && row.cell === cell);
  return row?.kind === 'capacity' ? row.users : null;
};

/** Each found its own number of users by what it carried, and paced arms are compared at equal load. @throws BenchFailure */
function refuseOtherUsers(baseline: KeptRun, candidate: KeptRun, { id }: Cell): void {
  const [a, b] = [baseline, candidate].map(({ journal }) => usersIn(id, journal.rows));
  if (a === b) return;
  throw new BenchFailure(
    'configuration',
    `${nameOf(baseline)} was sent to by ${a ?? 'no'} users in the cell ${id}, and ${nameOf(candidate)} by ${b ?? 'no'}: each by what it carried itself. Measure the candidate by comparing it live with --baseline ${nameOf(baseline)}, or say the users as a number.`,
  );
}
