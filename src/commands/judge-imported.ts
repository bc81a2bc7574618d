import path from 'node:path';
import { type ImportedHeader, importedSchemaVersion } from '../model/imported.ts';
import type { Report } from '../model/report.ts';
import { importedReport } from '../report/imported.ts';
import { importedSummary, keepImportedBaseline, writeImported } from '../store/imported.ts';
import { createRunFolder, writeSummary } from '../store/runs.ts';
import type { ImportedComparison } from './imported-comparison.ts';
import { tool } from './package.ts';
import { runId } from './run-id.ts';
import type { World } from './world.ts';

/** Judges two imported runs in a folder of its own, which holds what both say. */
export function judgeImported(
  { baseline, candidate, gate }: ImportedComparison,
  out: string,
  world: World,
): { readonly report: Report; readonly folder: string; readonly interrupted: false } {
  const root = path.resolve(world.cwd, out);
  const now = world.now();
  const { header: kept, files } = candidate.journal;
  const comparison = {
    kind: 'compared',
    gate,
    baseline: baseline.stored,
    candidate: candidate.stored,
  } as const;
  const header: ImportedHeader = {
    ...{ kind: 'imported', schemaVersion: importedSchemaVersion },
    ...{ id: runId(now, world.freshSeed()), createdAt: now.toISOString(), tool },
    ...{ program: kept.program, purpose: comparison },
  };
  const folder = createRunFolder(root, header.id);
  keepImportedBaseline(root, baseline.stored.run, folder);
  const journal = { header, files };
  writeImported(folder, journal);
  const report = importedReport({
    kind: 'compared',
    journal,
    comparison,
    baseline: baseline.journal,
  });
  writeSummary(folder, importedSummary(header, report.outcome));
  return { report, folder, interrupted: false };
}
