import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/analysis/differences.ts';
import { foresee } from '../../src/analysis/foresight.ts';
import type { JudgedCell } from '../../src/analysis/judge-matrix.ts';
import { sentenceOf } from '../../src/analysis/sentence.ts';
import type { HeaderRow, JournalRow } from '../../src/model/journal.ts';
import type { Cell } from '../../src/model/plan.ts';
import type { LimitReport, Verdict } from '../../src/model/report.ts';
import { buildReport } from '../../src/report/build.ts';
import { type Journal, readJournal } from '../../src/store/journal.ts';
import { summaryOf } from '../../src/store/runs.ts';
import { plan } from '../fixtures/matrix/planned.ts';
import { journalWith, storedJournal } from '../support/stored.ts';

const stored = readJournal(journalWith(storedJournal(6)));
const idFor = (candidate: string, id: string): string => `version=${candidate},${id}`;

/** The launches of one candidate once more for another: what each shows must not depend on the other. */
function withCandidates(...names: readonly [string, ...string[]]): Journal {
  const { header, rows } = stored;
  const cellsOf = (candidate: string): Cell[] =>
    header.plan.cells.map((cell) => ({
      ...cell,
      ...{ id: idFor(candidate, cell.id), candidate },
      variants: { version: candidate, ...cell.variants },
    }));
  const [first, ...others] = names.flatMap(cellsOf);
  if (first === undefined) throw new Error('a plan has a cell');
  const changed: HeaderRow = {
    ...header,
    plan: {
      ...header.plan,
      axes: [{ name: 'version', variants: names }, ...header.plan.axes],
      compare: { ...header.plan.compare, kind: 'paired', candidates: names },
      cells: [first, ...others],
    },
    fingerprints: Object.fromEntries(
      names.flatMap((name) =>
        Object.entries(header.fingerprints).map(([id, { baseline, candidate }]) => [
          idFor(name, id),
          { baseline, candidate: { ...candidate, openssl: `of ${name}` } },
        ]),
      ),
    ),
  };
  const copied = names.flatMap((name, copy) =>
    rows.flatMap((row): JournalRow[] => {
      if (!('cell' in row)) return [];
      const renamed = { ...row, cell: idFor(name, row.cell) };
      return ['launch' in renamed ? { ...renamed, launch: renamed.launch + 100 * copy } : renamed];
    }),
  );
  const end = rows.filter(({ kind }) => kind === 'end');
  return { ...stored, header: changed, rows: [changed, ...copied, ...end] };
}

const reportOf = (journal: Journal) => buildReport({ kind: 'paired', journal });

describe('a report of several candidates', () => {
  const one = reportOf(stored);
  const two = reportOf(withCandidates('b', 'c'));

  it('has the cells of each, called by its name', () => {
    expect(two.cells.map(({ id, candidate }) => [id, candidate])).toEqual([
      ['version=b,reuse=keep-alive', 'b'],
      ['version=b,reuse=close', 'b'],
      ['version=c,reuse=keep-alive', 'c'],
      ['version=c,reuse=close', 'c'],
    ]);
  });

  it('estimates each as it would alone, and corrects for all of them as one family', () => {
    const estimates = ({ cells }: typeof one) =>
      cells.map(({ metrics }) => metrics.map(({ change }) => change?.estimate));
    expect(estimates(two)).toEqual([...estimates(one), ...estimates(one)]);
    expect(one.method.family).toBeGreaterThan(0);
    expect(two.method.family).toBe(2 * one.method.family);
    const least = ({ cells }: typeof one): number =>
      Math.min(...cells.flatMap(({ metrics }) => metrics.map(({ adjustedP }) => adjustedP ?? 1)));
    expect(least(two)).toBeCloseTo(Math.min(1, 2 * least(one)), 9);
  });

  it('names them all, the first as the candidate, and what each ran on', () => {
    expect(two.candidates.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(two.candidates.map(({ fingerprint }) => fingerprint.openssl)).toEqual(['of b', 'of c']);
    expect(two.candidate).toEqual(two.candidates[0]);
    expect(one.candidates).toEqual([one.candidate]);
    const { openssl } = two.baseline.fingerprint;
    expect(two.differences.filter(({ key }) => key === 'openssl')).toEqual([
      { key: 'openssl', baseline: openssl, candidate: 'of b', of: ['b'] },
      { key: 'openssl', baseline: openssl, candidate: 'of c', of: ['c'] },
    ]);
  });

  it('is listed by all of their names', () => {
    const { header } = withCandidates('b', 'c');
    expect(summaryOf(header, 'complete', 'pass')).toMatchObject({
      baseline: 'a',
      candidate: 'b, c',
    });
  });

  it('tells a later run of another candidate what noise to expect', () => {
    const earlier = withCandidates('b', 'c');
    const later = withCandidates('d', 'c').header.plan;
    const foreseen = foresee(later, earlier.header, earlier.rows);
    expect(new Set(foreseen.map(({ cell }) => cell))).toEqual(
      new Set(later.cells.map(({ id }) => id)),
    );
    expect(foresee(stored.header.plan, earlier.header, earlier.rows)).toHaveLength(
      foreseen.length / 2,
    );
  });
});

it('a difference that several candidates have is told once', () => {
  const cells = withCandidates('b', 'c', 'd').header.plan.cells;
  const openssl: Readonly<Record<string, string>> = { b: '3.0', c: '3.5', d: '3.5' };
  const fingerprints = Object.fromEntries(
    cells.map(({ id, candidate }) => [
      id,
      { baseline: { openssl: '1.1' }, candidate: { openssl: openssl[candidate] ?? '' } },
    ]),
  );
  expect(differencesOf(cells, fingerprints)).toEqual([
    { key: 'openssl', baseline: '1.1', candidate: '3.0', of: ['b'] },
    { key: 'openssl', baseline: '1.1', candidate: '3.5', of: ['c', 'd'] },
  ]);
});

describe('the sentence of several candidates', () => {
  const of = plan('axes: {version: {v1: {}, v2: {}, v3: {}}, k: {x: {}, y: {}}}', {
    candidate: 'v2,v3',
  });
  const broken: LimitReport = {
    ...{ metric: 'rps', unit: '1/s', better: 'higher', limit: 100 },
    ...{ state: 'broken', observed: 50, interval: null },
  };
  /** Of v2 in both cells, then of v3. */
  const judged = (verdicts: readonly Verdict[], breaks: readonly number[] = []): JudgedCell[] =>
    of.cells.map((cell, i) => {
      const verdict = verdicts[i] ?? 'unchanged';
      const change = { estimate: 0.1 * (i + 1), low: 0, high: 1, level: 0.95 };
      const comparison = {
        metric: 'cpuPerRequest',
        gating: true,
        better: 'lower',
        verdict,
        change,
      };
      const limits = breaks.includes(i) ? [broken] : [];
      const findings = { cell, invalid: verdict === 'invalid' ? 'why' : null };
      return { findings, verdict, metrics: [comparison], limits } as unknown as JudgedCell;
    });

  it.each([
    [
      'regression',
      judged(['regression', 'unchanged', 'regression', 'regression']),
      'regression in 1 of 2 cells of v2 and in 2 of 2 cells of v3; worst is client CPU per request at version=v3,k=y, +40 %.',
    ],
    [
      'regression',
      judged(['unchanged', 'unchanged', 'regression'], [2, 3]),
      'regression in 1 of 2 cells of v3; worst is client CPU per request at version=v3,k=x, +30 %; limits are broken in 2 of 2 cells of v3.',
    ],
    [
      'limit-broken',
      judged([], [0, 3]),
      'limits are broken in 1 of 2 cells of v2 and in 1 of 2 cells of v3; farthest is requests per second at version=v2,k=x, −50 % against its limit.',
    ],
    [
      'insensitive',
      judged(['inconclusive']),
      'too noisy to tell; this run could not have seen a change of the size that matters in 1 of 2 cells of v2.',
    ],
    ['invalid', judged(['invalid']), '1 of 4 cells could not be judged; version=v2,k=x: why.'],
    ['pass', judged([]), 'no regression in 4 cells (4 unchanged).'],
  ] as const)('%s: %#', (outcome, cells, rest) => {
    expect(sentenceOf(outcome, cells, of)).toBe(`v2, v3 against v1: ${rest}`);
  });
});
