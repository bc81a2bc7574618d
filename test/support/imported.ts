import { readFileSync } from 'node:fs';
import { plainGate } from '../../src/matrix/gate.ts';
import { type ForeignProgram, importedSchemaVersion } from '../../src/model/imported.ts';
import type { Report } from '../../src/model/report.ts';
import { importedReport } from '../../src/report/imported.ts';
import { readForeign } from '../../src/store/import/read.ts';
import type { ImportedJournal } from '../../src/store/imported.ts';

const tool = { name: 'bench-matrix', version: '0.1.0' };

const journal = (
  program: ForeignProgram,
  id: string,
  label: string,
  names: readonly string[],
): ImportedJournal => ({
  header: {
    ...{ kind: 'imported', schemaVersion: importedSchemaVersion, id, tool, program },
    createdAt: '2026-11-24T09:00:00.000Z',
    purpose: { kind: 'kept', label },
  },
  files: names.map((file) => ({
    ...{ kind: 'file', file },
    ...readForeign(
      program,
      readFileSync(new URL(`../fixtures/foreign/${file}`, import.meta.url), 'utf8'),
      file,
    ),
  })),
});

const before = journal('autocannon', '20261124-090000-0001-a', 'before', [
  ...['autocannon-1.json', 'autocannon-2.json', 'autocannon-3.json'],
]);
const after = journal('autocannon', '20261124-090000-0002-a', 'after', ['autocannon-1.json']);

/** Results of real runs, as they are shown under their label. */
export const keptImport = (): Report =>
  importedReport({ kind: 'kept', journal: before, label: 'before' });

/** Three files against one. */
export const comparedImports = (): Report => {
  const stored = (label: string, { header: { id, createdAt } }: ImportedJournal) => ({
    ...{ label, variant: 'autocannon', run: id, measuredAt: createdAt },
  });
  return importedReport({
    ...{ kind: 'compared', baseline: before, journal: after },
    comparison: {
      ...{
        kind: 'compared',
        baseline: stored('before', before),
        candidate: stored('after', after),
      },
      gate: plainGate({ margins: null, failOn: 'regression', strict: false }),
    },
  });
};
