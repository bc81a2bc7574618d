import { findingsOf } from '../analysis/cell.ts';
import { causesOf, noCauses } from '../analysis/causes/causes.ts';
import { pairedCell, unpairedCell } from '../analysis/causes/compared-cells.ts';
import { differencesOf } from '../analysis/differences.ts';
import { endOf, endWarnings } from '../analysis/ending.ts';
import { judgeMatrix } from '../analysis/judge-matrix.ts';
import { onePairWarnings } from '../analysis/one-pair.ts';
import { decide } from '../analysis/outcome.ts';
import { selfWarnings } from '../analysis/self-warnings.ts';
import { sentenceOf } from '../analysis/sentence.ts';
import { unpairedFindingsOf } from '../analysis/unpaired-cell.ts';
import { unpairedWarnings } from '../analysis/unpaired-run.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { HeaderRow, JournalRow, SliceWork } from '../model/journal.ts';
import type { ByRole, Plan, Role } from '../model/plan.ts';
import {
  type Report,
  type ReportedPairing,
  type ReportedSubject,
  reportSchemaVersion,
} from '../model/report.ts';
import type { Warning } from '../model/warning.ts';
import type { RunJournals } from '../store/run-journals.ts';
import { cellReport, unpairedCellReport } from './cell-report.ts';

/**
 * The one report of a run. The same rows give the same report, at any time and on any machine.
 * @param targetRate requests per second in place of what the run was asked for; null for that.
 */
export function buildReport(run: RunJournals, targetRate: number | null = null): Report {
  const { header, rows } = run.journal;
  const { plan } = header;
  const { judged, cells, compared } = judgedCells(run);
  const wish = targetRate === null ? plan.capacity : { ...plan.capacity, targetRate };
  const causes = plan.label === null ? causesOf(compared, header, wish) : noCauses(wish);
  const { outcome, exitCode } = decide(judged.cells, plan);
  const end = endOf(rows);
  const fingerprints = fingerprintsOf(run);
  const [candidate, ...others] = plan.compare.candidates.map((name) =>
    subjectOf(name, 'candidate', plan, fingerprints),
  );
  if (candidate === undefined) throw new Error('something is compared');
  const { pairing, warnings } = pairingOf(run);
  return {
    schemaVersion: reportSchemaVersion,
    tool: header.tool,
    id: header.id,
    createdAt: header.createdAt,
    seed: plan.seed,
    matrix: plan.matrix,
    label: plan.label,
    description: plan.description,
    state: end?.state ?? 'unfinished',
    outcome,
    exitCode,
    sentence: sentenceOf(outcome, judged.cells, plan),
    axes: plan.axes,
    compare: { axis: plan.compare.axis, side: plan.compare.side, ...pairing },
    baseline: subjectOf(plan.compare.baseline, 'baseline', plan, fingerprints),
    candidate,
    candidates: [candidate, ...others],
    differences: differencesOf(plan.cells, fingerprints),
    environment: header.machine,
    method: {
      kind: 'measured',
      ...plan.measure,
      alpha: plan.gate.alpha,
      sensitivity: plan.gate.sensitivity,
      family: judged.family,
      failOn: plan.gate.failOn,
      strict: plan.gate.strict,
      paused: hasWork(rows, 'time'),
      whole: hasWork(rows, 'whole'),
    },
    cells,
    causes,
    warnings: [
      ...warnings,
      ...onePairWarnings(plan),
      ...header.warnings,
      ...selfWarnings(plan, judged.cells),
      ...endWarnings(header, rows),
    ],
  };
}

function judgedCells(run: RunJournals) {
  const { header, rows } = run.journal;
  const { plan } = header;
  if (run.kind === 'paired') {
    const judged = judgeMatrix(
      plan.cells.map((cell) => findingsOf(cell, plan, rows)),
      plan.gate,
    );
    return {
      judged,
      cells: judged.cells.map((cell) => cellReport(cell, plan)),
      compared: judged.cells.map(pairedCell),
    };
  }
  const { baseline } = run;
  const findings = plan.cells.map((cell) => {
    const stored = baseline.header.plan.cells.find(({ id }) => id === cell.id) ?? cell;
    return unpairedFindingsOf(plan, {
      baseline: { cell: stored, rows: baseline.rows },
      candidate: { cell, rows },
    });
  });
  const judged = judgeMatrix(findings, plan.gate);
  return {
    judged,
    cells: judged.cells.map((cell) => unpairedCellReport(cell, plan)),
    compared: judged.cells.map(unpairedCell),
  };
}

/** By its first cell: where an axis varies the subject too, the differences list them all. */
function subjectOf(
  name: string,
  role: Role,
  { cells }: Plan,
  fingerprints: Fingerprints,
): ReportedSubject {
  const own = cells.find(({ candidate }) => role === 'baseline' || candidate === name);
  return { name, fingerprint: (own && fingerprints[own.id]?.[role]) ?? {} };
}

type Fingerprints = Readonly<Record<string, ByRole<SubjectFingerprint>>>;

/** In a run of one arm against itself both have the same. */
function fingerprintsOf(run: RunJournals): Fingerprints {
  const own = run.journal.header.fingerprints;
  if (run.kind === 'paired') return own;
  const stored = run.baseline.header.fingerprints;
  return Object.fromEntries(
    run.journal.header.plan.cells.map(({ id }) => [
      id,
      { baseline: stored[id]?.baseline ?? {}, candidate: own[id]?.candidate ?? {} },
    ]),
  );
}

/** How the arms were measured, and what there is to warn of for it. */
function pairingOf(run: RunJournals): {
  readonly pairing: ReportedPairing;
  readonly warnings: readonly Warning[];
} {
  if (run.kind === 'paired') return { pairing: { kind: 'paired' }, warnings: [] };
  const { header } = run.journal;
  const { stored } = run.pairing;
  const baseline = { run: stored.baseline.run, measuredAt: stored.baseline.measuredAt };
  const candidate =
    stored.candidate === null
      ? { run: header.id, measuredAt: header.createdAt }
      : { run: stored.candidate.run, measuredAt: stored.candidate.measuredAt };
  const apartMs = Math.abs(Date.parse(candidate.measuredAt) - Date.parse(baseline.measuredAt));
  const pairing = { kind: 'unpaired', apartMs, baseline, candidate } as const;
  const of = run.baseline.header;
  return {
    pairing,
    warnings: [
      ...unpairedWarnings(header.plan, pairing, of, header),
      ...[...of.warnings, ...endWarnings(of, run.baseline.rows)].map((warning) =>
        ofBaseline(header, warning),
      ),
    ],
  };
}

const ofBaseline = ({ plan }: HeaderRow, { message, ...rest }: Warning): Warning => ({
  ...rest,
  message: `${plan.compare.baseline}: ${message}`,
});

/** Of launches that were finished: one that was cut off does not count. */
function hasWork(rows: readonly JournalRow[], kind: SliceWork['kind']): boolean {
  const finished = new Set(rows.flatMap((row) => (row.kind === 'finish' ? [row.launch] : [])));
  return rows.some(
    (row) => row.kind === 'launch' && row.work.kind === kind && finished.has(row.launch),
  );
}
