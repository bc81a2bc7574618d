import { noCauses } from '../analysis/causes/causes.ts';
import { disturbanceOf } from '../analysis/disturbed.ts';
import { foreignLatency } from '../analysis/foreign-latency.ts';
import {
  type ImportedArm,
  type JudgedImport,
  judgeImported,
  valuesAlone,
} from '../analysis/imported.ts';
import { importedSentence, importedWarnings, oneFile } from '../analysis/imported-words.ts';
import { decide } from '../analysis/outcome.ts';
import { plainGate } from '../matrix/gate.ts';
import type { ByRole, Gate, StoredRun } from '../model/plan.ts';
import { type CellReport, type Report, reportSchemaVersion } from '../model/report.ts';
import { count, fraction } from '../model/units.ts';
import type { ImportedJournal, ImportedRun } from '../store/imported.ts';
import { shownReference } from '../store/labels.ts';

/** What of a report follows from what became of the imported files. */
type Told = Pick<Report, 'outcome' | 'exitCode' | 'sentence' | 'label' | 'compare' | 'warnings'> & {
  readonly names: ByRole<string>;
  readonly arms: ByRole<ImportedArm>;
  readonly judged: JudgedImport;
  readonly gate: Pick<Gate, 'alpha' | 'sensitivity' | 'failOn' | 'strict'>;
};

/** The report of imported results, in the form of any other. */
export function importedReport(run: ImportedRun): Report {
  const { header } = run.journal;
  const { arms, judged, gate, names, ...told } =
    run.kind === 'kept' ? keptRun(run) : comparedRuns(run);
  const { alpha, sensitivity, failOn, strict } = gate;
  const candidate = subject(names.candidate, arms.candidate);
  return {
    schemaVersion: reportSchemaVersion,
    ...{ tool: header.tool, id: header.id, createdAt: header.createdAt, seed: 0 },
    matrix: { name: 'imported', file: 'none' },
    description: 'Results of other load generators, imported',
    state: 'complete',
    ...told,
    axes: [],
    baseline: subject(names.baseline, arms.baseline),
    candidate,
    candidates: [candidate],
    differences:
      arms.baseline.program === arms.candidate.program
        ? []
        : [
            {
              ...{
                key: 'engine',
                baseline: arms.baseline.program,
                candidate: arms.candidate.program,
              },
              of: [candidate.name],
            },
          ],
    environment: null,
    method: {
      ...{ kind: 'imported', alpha, sensitivity, failOn, strict, family: judged.family },
      latency: {
        [arms.baseline.program]: foreignLatency[arms.baseline.program].meaning,
        [arms.candidate.program]: foreignLatency[arms.candidate.program].meaning,
      },
    },
    cells: [cellOf(judged, arms, candidate.name)],
    causes: noCauses({ utilisation: fraction(0.75), targetRate: null }),
  };
}

/** Kept under a label: nothing is compared yet. */
function keptRun({ journal, label }: Extract<ImportedRun, { kind: 'kept' }>): Told {
  const { header, files } = journal;
  const arm = { program: header.program, files };
  const name = shownReference(label, header.program);
  const own = reported(journal);
  const gate = plainGate({ margins: null, failOn: 'never', strict: false });
  return {
    ...{ outcome: 'pass', exitCode: 0, label, gate },
    sentence: `${name}: imported from ${count(files.length, 'file')}; nothing is compared.`,
    compare: { ...whatIsCompared, baseline: own, candidate: own },
    warnings: files.length === 1 ? [oneFile(name)] : [],
    names: { baseline: name, candidate: name },
    arms: { baseline: arm, candidate: arm },
    judged: valuesAlone(arm, gate),
  };
}

function comparedRuns(run: Extract<ImportedRun, { kind: 'compared' }>): Told {
  const { journal, baseline, comparison } = run;
  const { gate } = comparison;
  const arms = { baseline: armOf(baseline), candidate: armOf(journal) };
  const names = {
    baseline: referenceTo(comparison.baseline),
    candidate: referenceTo(comparison.candidate),
  };
  const judged = judgeImported(arms, gate);
  const { outcome, exitCode } = decide([judged], { gate, label: null });
  return {
    ...{ outcome, exitCode, label: null, gate, names, arms, judged },
    sentence: importedSentence(outcome, judged, arms, names),
    compare: {
      ...whatIsCompared,
      baseline: reported(baseline),
      candidate: {
        ...reported(journal),
        run: comparison.candidate.run,
        importedAt: comparison.candidate.measuredAt,
      },
    },
    warnings: importedWarnings(arms, names, gate),
  };
}

const whatIsCompared = { axis: 'imported', side: 'both', kind: 'imported' } as const;

const armOf = ({ header, files }: ImportedJournal): ImportedArm => ({
  program: header.program,
  files,
});

const referenceTo = ({ label, variant }: StoredRun): string => shownReference(label, variant);

const reported = ({ header, files }: ImportedJournal) => ({
  run: header.id,
  importedAt: header.createdAt,
  files: files.map(({ file }) => file),
});

const subject = (name: string, { program }: ImportedArm) => ({
  name,
  fingerprint: { engine: program },
});

/** Where nothing was measured, nothing is said: of connections, of other programs, of who was the bottleneck. */
function cellOf(
  { verdict, invalid, metrics, limits }: JudgedImport,
  arms: ByRole<ImportedArm>,
  candidate: string,
): CellReport {
  return {
    ...{
      id: 'all',
      variants: {},
      candidate,
      onePair: false,
      verdict,
      reason: invalid,
      metrics,
      limits,
    },
    launches: arms.candidate.files.length,
    baselineLaunches: arms.baseline.files.length,
    voidLaunches: 0,
    bottleneck: { baseline: 'unknown', candidate: 'unknown' },
    ...{ primary: 'rps', clients: 'each', pace: null, warnings: [] },
    contract: { ok: true, clauses: [unknownContract] },
    workers: { baseline: [], candidate: [] },
    imbalance: { baseline: null, candidate: null },
    network: { baseline: null, candidate: null },
    disturbance: disturbanceOf([]),
  };
}

const unknownContract = {
  clause: 'connections, handshakes and look-ups per request',
  state: 'unproven',
  expected: 'the same in both arms',
  observed: 'not known: the results were imported',
} as const;
