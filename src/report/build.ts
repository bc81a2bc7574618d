import { findingsOf } from '../analysis/cell.ts';
import { cellWarnings } from '../analysis/cell-warnings.ts';
import { differencesOf } from '../analysis/differences.ts';
import { disturbanceOf } from '../analysis/disturbed.ts';
import { imbalanceOf } from '../analysis/imbalance.ts';
import { type JudgedCell, judgeMatrix } from '../analysis/judge-matrix.ts';
import { networkOf } from '../analysis/network.ts';
import { decide } from '../analysis/outcome.ts';
import { sentenceOf } from '../analysis/sentence.ts';
import { workerFigures } from '../analysis/worker-figures.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { HeaderRow, JournalRow } from '../model/journal.ts';
import type { Plan, Role } from '../model/plan.ts';
import { type CellReport, type Report, reportSchemaVersion } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';

/** The one report of a journal. The same rows give the same report, at any time and on any machine. */
export function buildReport(header: HeaderRow, rows: readonly JournalRow[]): Report {
  const { plan } = header;
  const findings = plan.cells.map((cell) => findingsOf(cell, plan, rows));
  const judged = judgeMatrix(findings, plan.gate);
  const { outcome, exitCode } = decide(judged.cells, plan.gate);
  const end = rows.findLast((row) => row.kind === 'end');
  return {
    schemaVersion: reportSchemaVersion,
    tool: header.tool,
    id: header.id,
    createdAt: header.createdAt,
    seed: plan.seed,
    matrix: plan.matrix,
    description: plan.description,
    state: end?.kind === 'end' ? end.state : 'unfinished',
    outcome,
    exitCode,
    sentence: sentenceOf(outcome, judged.cells, plan.compare),
    axes: plan.axes,
    compare: { axis: plan.compare.axis, side: plan.compare.side },
    baseline: { name: plan.compare.baseline, fingerprint: fingerprintOf(header, 'baseline') },
    candidate: { name: plan.compare.candidate, fingerprint: fingerprintOf(header, 'candidate') },
    differences: differencesOf(header.fingerprints),
    environment: header.machine,
    method: {
      ...plan.measure,
      alpha: plan.gate.alpha,
      sensitivity: plan.gate.sensitivity,
      family: judged.family,
      failOn: plan.gate.failOn,
      strict: plan.gate.strict,
      paused: rows.some((row) => row.kind === 'launch' && row.work.kind === 'time'),
      whole: rows.some((row) => row.kind === 'launch' && row.work.kind === 'whole'),
    },
    cells: judged.cells.map((cell) => cellReport(cell, plan)),
    warnings: [...header.warnings, ...stateWarnings(end)],
  };
}

/** The first cell's: where an axis varies the subject too, the differences list them all. */
function fingerprintOf(header: HeaderRow, role: Role): SubjectFingerprint {
  return header.fingerprints[header.plan.cells[0].id]?.[role] ?? {};
}

function stateWarnings(end: JournalRow | undefined): Warning[] {
  if (end?.kind === 'end' && end.state === 'complete') return [];
  const why = end?.kind === 'end' ? end.reason : 'the process was ended from outside';
  return [
    {
      code: 'incomplete',
      message: `the run did not finish (${why}); the figures are of the launches that did`,
      next: 'Run it again for the planned number of launches.',
    },
  ];
}

function cellReport(judged: JudgedCell, plan: Plan): CellReport {
  const { findings, verdict, metrics, limits } = judged;
  const { cell, totals, launches } = findings;
  const disturbance = disturbanceOf(launches);
  const armsOf = (role: Role) => totals.map((launch) => launch[role]);
  const [baseline, candidate] = [armsOf('baseline'), armsOf('candidate')];
  const imbalance = { baseline: imbalanceOf(baseline), candidate: imbalanceOf(candidate) };
  return {
    id: cell.id,
    variants: cell.variants,
    verdict,
    reason: findings.invalid,
    launches: totals.length,
    voidLaunches: findings.failures.length,
    bottleneck: findings.bottleneck,
    primary: findings.primary,
    clients: cell.clients,
    pace: findings.pace,
    contract: findings.contract,
    metrics,
    limits,
    disturbance,
    workers: { baseline: workerFigures(baseline), candidate: workerFigures(candidate) },
    imbalance,
    network: {
      baseline: networkOf(launches, 'baseline'),
      candidate: networkOf(launches, 'candidate'),
    },
    warnings: cellWarnings(judged, plan.gate, { disturbance, imbalance }),
  };
}
