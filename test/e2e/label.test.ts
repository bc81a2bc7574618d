import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeaderRow, JournalRow } from '../../src/model/journal.ts';
import type { Report } from '../../src/model/report.ts';
import { bench, type Finished, freshFolder, writeMatrix } from '../support/bench.ts';

const preload = fileURLToPath(new URL('../fixtures/preload/burn.cjs', import.meta.url));
const env = (us: number): string =>
  `{ client: { env: { NODE_OPTIONS: '--require=${preload}', BURN_US: '${us}' } } }`;
const matrix = `
axes:
  version: { idle: ${env(0)}, burning: ${env(3000)} }
  reuse: { keep-alive: { connection: { reuse: keep-alive } }, close: { connection: { reuse: close } } }
measure: { launches: 3, sliceTime: 200ms, warmup: 100ms }
`;

const folder = freshFolder();
const runs = (): string[] => readdirSync(path.join(folder, 'reports')).sort();
const file = (run: string, name: string): string => path.join(folder, 'reports', run, name);
const read = (run: string, name: string): string => readFileSync(file(run, name), 'utf8');
const headerOf = (run: string): HeaderRow =>
  JSON.parse(read(run, 'journal.ndjson').split('\n')[0] ?? '') as HeaderRow;

/** What a command printed, and the runs that it added. */
async function added(args: readonly string[]): Promise<Finished & { readonly runs: string[] }> {
  const before = runs();
  const finished = await bench(args, folder);
  return { ...finished, runs: runs().filter((run) => !before.includes(run)) };
}

/** Changes one row of a stored journal while something is done. */
async function withChanged<T>(
  run: string,
  change: (row: JournalRow) => JournalRow | null,
  act: () => Promise<T>,
): Promise<T> {
  const whole = read(run, 'journal.ndjson');
  let isDone = false;
  const lines = whole.split('\n').map((line) => {
    const changed = isDone || line === '' ? null : change(JSON.parse(line) as JournalRow);
    isDone ||= changed !== null;
    return changed === null ? line : JSON.stringify(changed);
  });
  expect(isDone).toBe(true);
  writeFileSync(file(run, 'journal.ndjson'), lines.join('\n'));
  try {
    return await act();
  } finally {
    writeFileSync(file(run, 'journal.ndjson'), whole);
  }
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
const only = ['--only', 'reuse=keep-alive'];
const against = (baseline: string, candidate: string): string[] => [
  ...['compare', '--baseline', baseline, '--candidate', candidate],
  ...[...only, '--quiet'],
];
/** One clear line on stderr, and no run. */
async function refusal(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr, runs: none } = await added(args);
  expect({ code, stdout, none }).toEqual({ code: 2, stdout: '', none: [] });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr;
}

let idle = '';
let burning = '';
let kept: Finished;
beforeAll(async () => {
  writeMatrix(folder, matrix);
  kept = await bench(['run', '--label', 'before', '--quiet'], folder);
  [idle = '', burning = ''] = runs();
});

describe('bench run --label', () => {
  it('measures every variant against itself, and keeps each', async () => {
    expect(kept.code).toBe(0);
    expect(kept.stdout).toContain('before: idle against itself');
    expect(kept.stdout).toContain('kept: run:before/idle, run:before/burning\n');
    for (const [run, variant] of [
      [idle, 'idle'],
      [burning, 'burning'],
    ] as const) {
      const { plan } = headerOf(run);
      expect(plan).toMatchObject({ label: 'before', measure: { looks: [3] } });
      expect(plan.compare).toMatchObject({ baseline: variant, candidates: [variant] });
      expect(JSON.parse(read(run, 'run.json'))).toMatchObject({
        label: 'before',
        candidate: variant,
      });
    }
    const { stdout } = await bench(['list'], folder);
    expect(stdout).toMatch(/bench {2}idle kept as run:before\/idle {2}/);
    expect(stdout).toMatch(/bench {2}burning kept as run:before\/burning {2}/);
  });

  it('counts the newest where a label is used again', async () => {
    const args = ['run', '--label', 'again', '--variant', 'idle', ...only, '--quiet'];
    const [older, newer] = [await added(args), await added(args)];
    const { stdout } = await bench(['list'], folder);
    expect(stdout).toMatch(
      new RegExp(`${older.runs[0]} .*run:again/idle .*\\(a newer run counts\\)`),
    );
    expect(stdout).toMatch(new RegExp(`${newer.runs[0]} .*run:again/idle {2}\\w+$`, 'm'));
    const planned = await bench(['plan', ...against('run:again', 'burning').slice(1, -1)], folder);
    expect(planned.stdout).toContain(
      'burning against run:again/idle, unpaired (client under test)',
    );
    expect(planned.stdout).toContain(`run ${newer.runs[0]}, measured`);
  });
});

describe('bench compare --baseline run:LABEL', () => {
  it('finds a regression, says that it is unpaired, and renders the same bytes again', async () => {
    const { code, stdout, runs: made } = await added(against('run:before/idle', 'burning'));
    expect(code).toBe(1);
    const [run = ''] = made;
    const said = onOneLine(stdout);
    expect(said).toContain('burning against run:before/idle, unpaired: regression in 1 of 1 cell');
    expect(said).toMatch(/Unpaired, and so weaker: the runs were \d+ seconds apart/);

    const text = read(run, 'report.json');
    const report = JSON.parse(text) as Report;
    expect(report.compare).toMatchObject({
      ...{ kind: 'unpaired', side: 'client' },
      ...{ baseline: { run: idle }, candidate: { run } },
    });
    expect(report.warnings.map(({ code: of }) => of)).toContain('unpaired');
    const [cell] = report.cells;
    expect(cell).toMatchObject({ verdict: 'regression', launches: 3, baselineLaunches: 3 });
    expect(cell?.contract.ok).toBe(true);
    const cpu = cell?.metrics.find(({ metric }) => metric === 'cpuPerRequest');
    expect(cpu?.candidate).toBeGreaterThan(3000);
    expect(cpu?.baseline).toBeLessThan(1000);
    const html = read(run, 'report.html');
    expect(html).toContain('Unpaired, and so weaker');
    expect(html).toContain('This comparison is unpaired');

    // The folder holds all of it: the stored run is not asked again.
    const again = await withChanged(
      idle,
      (row) => (row.kind === 'header' ? { ...row, id: 'gone' } : null),
      () => bench(['report', run], folder),
    );
    expect(again).toMatchObject({ code: 1, stdout });
    expect([read(run, 'report.json'), read(run, 'report.html')]).toEqual([text, html]);
  });

  it('judges two stored runs without measuring, by the gate of now', async () => {
    const args = [...against('run:before/burning', 'run:before/idle'), '--fail-on', 'never'];
    const { code, stdout, runs: made } = await added(args);
    expect(code).toBe(0);
    expect(onOneLine(stdout)).toContain('run:before/idle against run:before/burning, unpaired');
    const [run = ''] = made;
    const report = JSON.parse(read(run, 'report.json')) as Report;
    expect(report).toMatchObject({ state: 'complete', method: { failOn: 'never' } });
    expect(report.cells.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['reuse=keep-alive', 'improvement'],
    ]);
    expect(report.compare).toMatchObject({ baseline: { run: burning }, candidate: { run: idle } });
    const forth = await bench(against('run:before/idle', 'run:before/burning'), folder);
    expect(forth.code).toBe(1);
  });

  it('is invalid where the stored run did other work than it promised', async () => {
    const { code, stdout } = await withChanged(
      idle,
      (row) =>
        row.kind === 'slice' && row.cell === 'reuse=keep-alive' && row.counts !== null
          ? { ...row, counts: { ...row.counts, connections: row.counts.connections + 9 } }
          : null,
      () => bench(against('run:before/idle', 'run:before/burning'), folder),
    );
    expect(code).toBe(3);
    expect(onOneLine(stdout)).toContain('the contract is broken: baseline: connections');
  });
});

describe('a stored run is refused', () => {
  it('from another machine, unless that is asked for', async () => {
    const elsewhere = (row: JournalRow) =>
      row.kind === 'header' ? { ...row, machine: { ...row.machine, kernel: '2.6.32' } } : null;
    const args = against('run:before/idle', 'run:before/burning');
    const refused = await withChanged(idle, elsewhere, () => refusal(args));
    expect(refused).toMatch(/measured under other conditions: kernel 2\.6\.32 → \S+\. Measure it/);
    const live = against('run:before/idle', 'burning');
    expect(await withChanged(idle, elsewhere, () => refusal(live))).toContain('kernel 2.6.32');

    const asked = await withChanged(idle, elsewhere, () => added([...args, '--across-machines']));
    expect(asked.code).toBe(1);
    const { warnings } = JSON.parse(read(asked.runs[0] ?? '', 'report.json')) as Report;
    const across = warnings.find(({ code }) => code === 'across-machines');
    expect(across?.message).toContain('kernel 2.6.32 → ');
  });

  it('where a setting that is not compared differs', async () => {
    const live = against('run:before/idle', 'burning');
    expect(await refusal([...live, '--set', 'target.delay=5ms'])).toContain(
      '--baseline run:before/idle: target.delay in the cell reuse=keep-alive is not what burning has',
    );
    expect(await refusal([...live, '--workers', '2'])).toContain('client.workers in the cell');
    expect(await refusal([...live, '--launches', '9'])).toContain(
      '--launches: they follow run:before/idle. Leave it out.',
    );
  });

  it('where nothing, or more than one, is kept under the label', async () => {
    expect(await refusal(against('run:befor', 'burning'))).toMatch(
      /is kept in \S+ as "befor"\. Choose one of again, before\.\n/,
    );
    expect(await refusal(against('run:before', 'burning'))).toContain(
      'before holds several variants. Choose one of run:before/burning, run:before/idle.',
    );
    expect(await refusal(against('idle', 'run:before/idle'))).toContain(
      '--candidate run:before/idle: a stored run is compared with another stored run only',
    );
  });

  it.each<[string, readonly string[], string]>([
    ['a label that cannot be written', ['run', '--label', 'a/b'], '--label: "a/b" cannot be'],
    [
      'a variant that is not there',
      ['run', '--label', 'x', '--variant', 'v9'],
      '--variant: "v9" is neither',
    ],
    [
      'nothing stored to be taken across machines',
      [...against('idle', 'burning'), '--across-machines'],
      '--across-machines: no stored run is compared. Leave it out.',
    ],
  ])('%s', async (_, args, words) => {
    expect(await refusal(args)).toContain(words);
  });
});
