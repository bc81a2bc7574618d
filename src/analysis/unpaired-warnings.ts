import { armName, type Plan, type Role, roles } from '../model/plan.ts';
import type { CellReport } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';
import { blockMetricOf } from './blocks.ts';
import { comparisonWarnings, launchWarnings } from './cell-warnings.ts';
import { gates } from './target-warnings.ts';
import { disturbanceOf } from './disturbed.ts';
import { driftBetween } from './drift.ts';
import { generatorBound } from './generator.ts';
import type { JudgedCell } from './judge-matrix.ts';
import { levelDrift } from './level-drift.ts';
import { rareWorkBetween } from './rare-work.ts';
import { coarseTargetCpu } from './target-cpu.ts';
import type { UnpairedFindings } from './unpaired-cell.ts';

/** What a reader should know of a cell that two runs measured: of each run, by its name, and of both together. */
export function unpairedCellWarnings(
  judged: JudgedCell<UnpairedFindings>,
  { compare, gate }: Plan,
  imbalance: CellReport['imbalance'],
): Warning[] {
  const { findings } = judged;
  const { runs, bottleneck, finest } = findings;
  const primary = blockMetricOf(findings.primary);
  const margin = gate.margins[primary];
  const launches = { baseline: runs.baseline.launches, candidate: runs.candidate.launches };
  const nameOf = (role: Role): string => armName(findings.cell, role, compare);
  const ofRun = (role: Role): (Warning | null)[] => {
    const run = runs[role];
    // Both arms of the run are this one: it is enough to look at the half that is called so.
    const own = { baseline: 'neither', candidate: 'neither', [role]: bottleneck[role] } as const;
    return [
      generatorBound(run.totals, own),
      ...launchWarnings(run, disturbanceOf(run.launches)),
      gates(judged, 'targetCpuPerRequest') ? coarseTargetCpu(run.launches, finest) : null,
    ].map((warning) => warning && { ...warning, message: `${nameOf(role)}: ${warning.message}` });
  };
  const ofBoth =
    findings.invalid === null
      ? [
          rareWorkBetween(launches, primary, margin),
          driftBetween(launches, primary, margin),
          ...roles.map((role) => levelDrift(launches[role], nameOf(role), primary, margin)),
        ]
      : [];
  return [
    ...ofBoth,
    ...roles.flatMap(ofRun),
    ...comparisonWarnings(judged, gate, imbalance),
  ].filter((warning) => warning !== null);
}
