import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalRow } from '../../src/model/journal.ts';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  startBench,
  writeMatrix,
} from '../support/bench.ts';
import { until } from '../support/until.ts';

const matrix = `
axes:
  version:
    a: { client: { env: { ARM: a } } }
    b: { client: { runtime: node@20.20.2 } }
    c: { client: { runtime: node@16.20.2 } }
  reuse: { keep-alive: { connection: { reuse: keep-alive } }, close: { connection: { reuse: close } } }
measure: { sliceTime: 200ms, warmup: 50ms }
`;
const three = [
  ...['--baseline', 'a', '--candidate', 'b,c', '--fail-on', 'never', '--quiet'],
  ...['--launches', '2', '--seed', '7'],
];

function folderWithMatrix(text = matrix): string {
  const folder = freshFolder();
  writeMatrix(folder, text);
  return folder;
}

const launchesIn = (rows: readonly JournalRow[]) =>
  rows.filter((row) => row.kind === 'launch').sort((x, y) => x.round - y.round);

/** The candidates of one mode, in the order of their launches, round by round. */
const orderIn = (rows: readonly JournalRow[], reuse: string): string[] =>
  launchesIn(rows).flatMap(({ cell }) =>
    cell.endsWith(`reuse=${reuse}`) ? [cell.replace(/version=(\w).*/, '$1')] : [],
  );

describe('three versions in one run', () => {
  const folder = folderWithMatrix();
  let stdout = '';
  beforeAll(async () => {
    const run = await bench(['compare', ...three], folder);
    expect([run.code, run.stderr]).toEqual([0, '']);
    stdout = run.stdout;
  });

  it('are one report, each candidate in cells of its own', () => {
    const { candidate, candidates, cells, axes, method, differences } = reportOf(folder);
    expect([candidate.name, ...candidates.map(({ name }) => name)]).toEqual(['b', 'b', 'c']);
    expect(cells.map(({ id, candidate: name }) => [id, name])).toEqual([
      ['version=b,reuse=keep-alive', 'b'],
      ['version=b,reuse=close', 'b'],
      ['version=c,reuse=keep-alive', 'c'],
      ['version=c,reuse=close', 'c'],
    ]);
    expect(axes[0]).toEqual({ name: 'version', variants: ['b', 'c'] });
    for (const { launches, contract } of cells) expect([launches, contract.ok]).toEqual([2, true]);
    // Client CPU and requests per second.
    expect(method.family).toBe(8);
    expect(candidates.map(({ fingerprint }) => fingerprint.node)).toEqual(['20.20.2', '16.20.2']);
    expect(differences).toContainEqual(
      expect.objectContaining({ key: 'node', candidate: '16.20.2', of: ['c'] }),
    );
  });

  it('have a baseline of their own in every launch, and take turns in being first', () => {
    const rows = journalOf(folder);
    const launches = launchesIn(rows);
    expect(launches).toHaveLength(8);
    const pids = launches.flatMap(({ processes }) => processes.map(({ pid }) => pid));
    expect(new Set(pids).size).toBe(pids.length);
    for (const reuse of ['keep-alive', 'close'])
      expect(['b c c b', 'c b b c']).toContain(orderIn(rows, reuse).join(' '));
    // Within a round each is first in one of the two modes.
    expect(orderIn(rows, 'keep-alive')[0]).not.toBe(orderIn(rows, 'close')[0]);
  });

  it('are named in every output', async () => {
    expect(stdout).toContain('b, c against a');
    expect(stdout).toMatch(/^candidate {2}b \(.*\ncandidate {2}c \(/m);
    const html = readFileSync(path.join(runFolder(folder), 'report.html'), 'utf8');
    expect(html).toMatch(/<title>\w[\w-]*: a → b, c<\/title>/);
    expect((await bench(['list'], folder)).stdout).toContain('  a → b, c  ');
    expect((await bench(['report', 'latest'], folder)).stdout).toBe(stdout);
    const { stdout: planned } = await bench(['plan', ...three.slice(0, 4)], folder);
    expect(planned).toContain('  candidate  c: node@16.20.2\n');
    expect(planned).toMatch(/ {2}version=c,reuse=close\n/);
  });

  it('are resumed to the order that they would have had', async () => {
    const other = folderWithMatrix();
    const begun = startBench(['compare', ...three], other);
    const finished = (): number => {
      try {
        return journalOf(other).filter(({ kind }) => kind === 'finish').length;
      } catch {
        return 0;
      }
    };
    await until(() => finished() >= 3, 60_000);
    begun.process.kill('SIGKILL');
    await once(begun.process, 'close');
    const { code } = await bench(['compare', '--resume', 'latest', '--quiet'], other);
    expect(code).toBe(0);
    const counted = (rows: readonly JournalRow[]) =>
      rows.flatMap((row) => (row.kind === 'finish' ? [row.cell] : []));
    expect(counted(journalOf(other))).toEqual(counted(journalOf(folder)));
    expect(markedProcesses(path.basename(runFolder(other)))).toEqual([]);
  });
});

it('a candidate that is slower is named, and fails the gate for all', async () => {
  const preload = fileURLToPath(new URL('../fixtures/preload/burn.cjs', import.meta.url));
  const burning = (us: number): string =>
    `{ client: { env: { NODE_OPTIONS: '--require=${preload}', BURN_US: '${us}' } } }`;
  const folder = folderWithMatrix(`
axes: { version: { idle: ${burning(0)}, calm: ${burning(0)}, burning: ${burning(3000)} } }
measure: { launches: 4, sliceTime: 300ms, warmup: 100ms }
`);
  const args = [
    'compare',
    '--no-profile',
    '--baseline',
    'idle',
    '--candidate',
    'calm,burning',
    '--quiet',
  ];
  const { code } = await bench(args, folder);
  expect(code).toBe(1);
  const { sentence, cells } = reportOf(folder);
  expect(sentence).toMatch(/^calm, burning against idle: regression .*in 1 of 1 cell of burning;/);
  expect(sentence).toMatch(/at version=burning, \+/);
  expect(cells[1]).toMatchObject({ id: 'version=burning', verdict: 'regression' });
});

describe('what cannot be compared together is refused in one line', () => {
  const folder = folderWithMatrix();
  const refusal = async (baseline: string, candidate: string): Promise<string> => {
    const args = ['compare', '--no-profile', '--baseline', baseline, '--candidate', candidate];
    const { code, stderr } = await bench(args, folder);
    expect(code).toBe(2);
    return stderr;
  };

  it.each([
    ['a', 'b,b', '--candidate: "b" is named twice. Leave one out.'],
    ['a', 'b,a', '--candidate: "a" is the baseline too.'],
    ['a', 'b,run:before', '--candidate: run:before is a stored run, which is judged alone.'],
    ['run:before', 'run:x,run:y', '--candidate: run:x is a stored run, which is judged alone.'],
  ])('%s with %s', async (baseline, candidate, words) => {
    const said = await refusal(baseline, candidate);
    expect(said).toContain(words);
    expect(said.trimEnd()).not.toContain('\n');
  });

  it('several with a stored run', async () => {
    const keep = ['run', '--label', 'before', '--variant', 'a', '--only', 'reuse=keep-alive'];
    expect((await bench([...keep, '--launches', '2', '--quiet'], folder)).code).toBe(0);
    expect(await refusal('run:before', 'b,c')).toContain(
      '--candidate: b,c are several, and each is measured on its own here. Name one, such as b.',
    );
  });
});
