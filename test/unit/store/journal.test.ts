import { appendFileSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type JournalRow, journalSchemaVersion } from '../../../src/model/journal.ts';
import { buildReport } from '../../../src/report/build.ts';
import { continueJournal, readJournal } from '../../../src/store/journal.ts';
import { migrated, oldestSchemaRead } from '../../../src/store/migrate.ts';
import { journalWith, storedJournal } from '../../support/stored.ts';

const text = storedJournal(5);
const lines = text.trimEnd().split('\n');
const resume: JournalRow = { kind: 'resume', at: '2026-11-23T22:00:00.000Z', elapsedMs: 5 };

describe('a journal', () => {
  it.each([
    ['half a row', '{"kind":"slice","launch":7,"ce'],
    ['blocks that never reached the disk', '\0'.repeat(5000)],
    ['a row that is none, with its end', '{"kind":"sl\0\0\0\0\n'],
  ])('is read without %s behind its last row, and goes on there', (_what, cutOff) => {
    const file = journalWith(text);
    appendFileSync(file, cutOff);
    const journal = readJournal(file);
    expect(journal.rows).toHaveLength(lines.length);
    const writer = continueJournal(file, journal);
    writer.write(resume);
    writer.close();
    expect(readFileSync(file, 'utf8')).toBe(`${text}${JSON.stringify(resume)}\n`);
  });

  it('that is damaged in the middle is refused by its line', () => {
    const file = journalWith([...lines.slice(0, 9), 'damage', ...lines.slice(9), ''].join('\n'));
    expect(() => readJournal(file)).toThrow(`${file}:10: this row is damaged`);
  });

  it.each([
    ['', 'not a journal of bench'],
    ['no row\n', 'journal.ndjson:1: this row is damaged'],
    ['{"kind":"slice"}\n', 'not a journal of bench'],
    ['{"kind":"header"}\n', 'not a journal of bench'],
    [
      '{"kind":"header","schemaVersion":4,"tool":{"version":"0.0.1"}}\n',
      'Use the release that wrote it (0.0.1)',
    ],
    [
      '{"kind":"header","schemaVersion":99,"tool":{"version":"9.9.9"}}\n',
      'Use the release that wrote it (9.9.9)',
    ],
  ])('that cannot be read is refused: %s', (given, words) => {
    expect(() => readJournal(journalWith(given))).toThrow(words);
  });
});

describe('a journal of an older release', () => {
  it('of schema 5 is read as one of today, and makes a report', () => {
    const journal = readJournal(journalWith(text));
    const { header, rows, schemaVersion } = journal;
    expect(schemaVersion).toBe(5);
    expect(header).toMatchObject({ schemaVersion: journalSchemaVersion, origin: null });
    // Nothing that was stored is lost.
    const stored = lines.slice(1).map((line) => JSON.parse(line));
    expect(rows.slice(1)).toMatchObject(stored);
    expect(header.plan.cells[0].arms.baseline).toMatchObject({
      scenario: { order: 'sequence' },
      client: { asOf: null, with: {} },
      connection: { dns: { kind: 'literal' } },
    });
    expect(header.plan).toMatchObject({ label: null, compare: { kind: 'paired' } });
    expect(header.plan.gate.limits).toEqual([]);
    const counted = rows.flatMap((row) => (row.kind === 'slice' ? [row.counts?.lookupsAgain] : []));
    expect(new Set(counted)).toEqual(new Set([0]));
    const report = buildReport({ kind: 'paired', journal });
    expect(report).toMatchObject({ state: 'complete', seed: 1, warnings: [] });
    expect(report.cells.map(({ launches }) => launches)).toEqual([5, 3]);
  });

  it('of schema 6 started servers from the folder of the matrix file, and set nothing up', () => {
    const started = { kind: 'start', start: 'node server.mjs', folder: '.' };
    const arms = { baseline: { target: started }, candidate: { target: { kind: 'builtin' } } };
    const compare = { baseline: 'a', candidate: 'b' };
    const plan = { compare, cells: [{ id: 'all', arms }] };
    const header = { kind: 'header', schemaVersion: 6, plan };
    const rest = { setup: null, runtime: null, asOf: null, with: {} };
    expect(migrated(header, 6)).toMatchObject({
      schemaVersion: journalSchemaVersion,
      plan: {
        cells: [
          {
            id: 'all',
            arms: {
              baseline: { target: { ...started, version: { kind: 'folder' }, ...rest } },
              candidate: { target: { kind: 'builtin' } },
            },
          },
        ],
      },
    });
  });

  it('of schema 6 has one candidate, which all its cells name', () => {
    const journal = readJournal(journalWith(storedJournal(6)));
    const { compare, cells } = journal.header.plan;
    expect(compare).toMatchObject({ baseline: 'a', candidates: ['b'] });
    expect(compare).not.toHaveProperty('candidate');
    expect(cells.map(({ id, candidate }) => [id, candidate])).toEqual([
      ['reuse=keep-alive', 'b'],
      ['reuse=close', 'b'],
    ]);
    const report = buildReport({ kind: 'paired', journal });
    expect(report).toMatchObject({ state: 'complete', candidates: [{ name: 'b' }] });
    expect(report.cells.map(({ launches }) => launches)).toEqual([2, 2]);
  });

  it('takes a step for each schema since, up to that of today', () => {
    const header = JSON.parse(lines[0] ?? '');
    expect(migrated(header, oldestSchemaRead)).toMatchObject({
      schemaVersion: journalSchemaVersion,
    });
    expect(migrated(header, journalSchemaVersion)).toBe(header);
  });
});
