import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { CellReport } from '../../src/model/report.ts';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  writeMatrix,
} from './bench.ts';

const servers = fileURLToPath(new URL('../fixtures/server/', import.meta.url));

/** The servers lie beside the matrix file: a command runs in its folder. */
export function project(matrix: string): string {
  const folder = freshFolder();
  cpSync(servers, folder, { recursive: true });
  writeMatrix(folder, matrix);
  return folder;
}

/** Two arms that differ by what the server burns for each request. */
export const burning = (target: string, more = ''): string => `
target: ${target}
axes:
  version:
    idle: { target: { env: { BURN_US: '1000' } } }
    burning: { target: { env: { BURN_US: '6000' } } }
gate: { sensitivity: 90% }
measure: { launches: 3, sliceTime: 1500ms, warmup: 300ms }
${more}
`;

/** Its versions are called idle and burning. */
export async function compare(folder: string) {
  const args = [
    'compare',
    '--no-profile',
    '--baseline',
    'idle',
    '--candidate',
    'burning',
    '--quiet',
  ];
  const { code, stderr } = await bench(args, folder);
  // Without a report, what it said is why.
  if (!existsSync(path.join(runFolder(folder), 'report.json'))) throw new Error(stderr);
  expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
  const report = reportOf(folder);
  return { code, stderr, report, cell: report.cells[0], journal: journalOf(folder) };
}

/** µs per request that the candidate burns more. */
export const burnt = (
  cell: CellReport | undefined,
  by: 'cpuPerRequest' | 'targetCpuPerRequest' = 'targetCpuPerRequest',
): number => {
  const found = cell?.metrics.find(({ metric }) => metric === by);
  return (found?.candidate ?? 0) - (found?.baseline ?? 0);
};
