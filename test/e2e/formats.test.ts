import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportFiles } from '../../src/commands/report-files.ts';
import { formats } from '../../src/report/format.ts';
import { bench, type Finished, freshFolder, reportOf, runFolder } from '../support/bench.ts';
import { named, parseMarkdown, parseXml } from '../support/well-formed.ts';

const all = formats.join(',');
const files = formats.flatMap((format) => reportFiles[format].map(({ name }) => name));
const cells = ['--only', 'tls=none,reuse=keep-alive', '--only', 'tls=1.3,reuse=close'];
const smoke = ['--matrix', 'smoke', '--baseline', 'v1', '--candidate', 'v2', ...cells, '--quiet'];

const cwd = freshFolder();
const step = {
  GITHUB_OUTPUT: path.join(cwd, 'outputs'),
  GITHUB_STEP_SUMMARY: path.join(cwd, 'summary'),
};
const written = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(runFolder(cwd))
      .filter((name) => name.startsWith('report.'))
      .map((name) => [name, readFileSync(path.join(runFolder(cwd), name), 'utf8')]),
  );
const notGithub = { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' };

let compared: Finished;
let before: Record<string, string>;
beforeAll(async () => {
  writeFileSync(step.GITHUB_OUTPUT, 'earlier=1\n');
  compared = await bench(['compare', ...smoke, '--format', all], cwd, step);
  before = written();
});

describe('a run in every format', () => {
  it('is written into its folder, and what is left of it gives the same bytes', async () => {
    expect(compared.stderr).toBe('');
    expect(compared.code).toBe(reportOf(cwd).exitCode);
    expect(Object.keys(before).sort()).toEqual([...files].sort());
    for (const name of files) rmSync(path.join(runFolder(cwd), name));
    const again = await bench(['report', 'latest', '--format', all], cwd, notGithub);
    expect(again).toEqual(compared);
    expect(written()).toEqual(before);
  });

  it.each(formats.filter((format) => reportFiles[format].length === 1))(
    '%s is printed as it is written',
    async (format) => {
      const args = ['report', 'latest', '--format', format, '--out', '-'];
      const printed = await bench(args, cwd, notGithub);
      expect(printed.stdout).toBe(before[reportFiles[format][0]?.name ?? '']);
      expect(printed).toMatchObject({ code: compared.code, stderr: '' });
    },
  );

  it('says that two files do not fit into one stream, before anything runs', async () => {
    const refused = {
      ...{ code: 2, stdout: '' },
      stderr:
        'bench: --out -: gab is 2 files, report.gab-bigger.json and report.gab-smaller.json, and standard output takes one. Name the folder that holds the runs.\n',
    };
    const wanted = ['--format', 'gab', '--out', '-'];
    expect(await bench(['report', 'latest', ...wanted], cwd)).toEqual(refused);
    expect(await bench(['compare', ...smoke, ...wanted], freshFolder())).toEqual(refused);
  });

  it('can be read by what reads such files', () => {
    const report = reportOf(cwd);
    const suites = parseXml(before['report.junit.xml'] ?? '');
    const red = named(suites, 'failure').length + named(suites, 'error').length;
    expect(red > 0).toBe(report.exitCode !== 0);
    const rows: unknown[] = parse(before['report.csv'] ?? '', { columns: true });
    expect(rows.length).toBe(report.cells.flatMap(({ metrics }) => metrics).length);
    const [table] = named(parseMarkdown(before['report.md'] ?? ''), 'tbody');
    const gating = report.cells.flatMap(({ metrics }) => metrics.filter((metric) => metric.gating));
    expect(table?.children.length).toBe(gating.length);
    expect(Object.keys(JSON.parse(before['report.bmf.json'] ?? ''))).toEqual([
      ...['smoke tls=none,reuse=keep-alive', 'smoke tls=1.3,reuse=close'],
    ]);
  });
});

describe('in a step on GitHub', () => {
  it('the table stands where no command is read, and the annotations after it', () => {
    const [first = '', ...lines] = compared.stdout.split('\n');
    const token = first.replace('::stop-commands::', '');
    const end = lines.indexOf(`::${token}::`);
    expect(lines.slice(0, end).join('\n')).toContain(reportOf(cwd).sentence.split(' ')[0]);
    expect(`${lines.slice(end + 1).join('\n')}`).toBe(before['report.github.txt']);
  });

  it('outputs and summary are appended to the files that the runner named', () => {
    const report = reportOf(cwd);
    const outputs = readFileSync(step.GITHUB_OUTPUT, 'utf8');
    expect(outputs.startsWith('earlier=1\noutcome<<')).toBe(true);
    const outputNamed = (name: string): string | undefined =>
      new RegExp(`^${name}<<(\\S+)\\n(.*)\\n\\1$`, 'm').exec(outputs)?.[2];
    expect(outputNamed('outcome')).toBe(report.outcome);
    expect(outputNamed('exit-code')).toBe(String(report.exitCode));
    expect(outputNamed('sentence')).toBe(report.sentence);
    expect(outputNamed('report')).toBe(runFolder(cwd));
    expect(outputNamed('regressions')).toBe(
      String(report.cells.filter(({ verdict }) => verdict === 'regression').length),
    );
    expect(readFileSync(step.GITHUB_STEP_SUMMARY, 'utf8')).toBe(`${before['report.md']}\n`);
  });

  it('nothing is appended where nobody asked for it', async () => {
    const elsewhere = path.join(cwd, 'not-asked');
    await bench(['report', 'latest'], cwd, { ...step, GITHUB_OUTPUT: elsewhere });
    expect(readdirSync(cwd)).not.toContain('not-asked');
  });

  it('a file that cannot be written is said, and the gate keeps its word', async () => {
    const folder = path.join(cwd, 'folder');
    mkdirSync(folder);
    const args = ['report', 'latest', '--format', 'github', '--out', '-'];
    const run = await bench(args, cwd, { ...notGithub, GITHUB_OUTPUT: folder });
    expect(run).toMatchObject({ code: compared.code, stdout: before['report.github.txt'] });
    expect(run.stderr).toMatch(/^bench: GITHUB_OUTPUT: EISDIR.*\. The report is in .*\.\n$/);
  });
});

describe('docs/formats.md', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const page = readFileSync(path.join(root, 'docs/formats.md'), 'utf8');

  it('names every format with its files', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| (`report[^|]+) \|/gm)].map(
      ([, format, names = '']) => [...[format, names.match(/report\.[\w.-]+/g)]],
    );
    expect(rows).toEqual(
      formats.map((format) => [format, reportFiles[format].map(({ name }) => name)]),
    );
  });

  it('shows lines that the formats are made of', () => {
    const golden = path.join(root, 'test/golden/files');
    const made = readdirSync(golden)
      .filter((name) => /^report-(incident|several)\./.test(name))
      .map((name) => readFileSync(path.join(golden, name), 'utf8'))
      .join('\n');
    const blocks = [...page.matchAll(/```(xml|md|csv|json|text)\n([\s\S]*?)```/g)];
    expect(blocks.length).toBeGreaterThanOrEqual(6);
    for (const [, , block = ''] of blocks)
      for (const line of block.split('\n').filter((text) => text.trim() !== '…'))
        expect(made).toContain(line.trim());
  });
});
