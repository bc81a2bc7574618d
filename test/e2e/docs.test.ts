import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bench, benchHere, freshFolder, runFolder, writeMatrix } from '../support/bench.ts';

/** Every command, option and matrix that README and docs show is tried here. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const found = (pattern: RegExp): string[] => [
  ...new Set(
    pages.flatMap((page) =>
      [...readFileSync(path.join(root, page), 'utf8').matchAll(pattern)].map((match) =>
        (match[1] ?? '').replaceAll(/\s+/g, ' ').trim(),
      ),
    ),
  ),
];
const commands = found(/npx bench ([^`&]+?)(?=`|&|\n```)/g);
const options = found(/`(--[a-z-]+(?: [^`]*)?)`/g);
/** Those of docs/ci.md are for CI systems: ci.test.ts runs them. */
const blocks = pages
  .filter((page) => page !== 'docs/ci.md')
  .flatMap((page) =>
    [...readFileSync(path.join(root, page), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
      (match) => match[1] ?? '',
    ),
  );

const stored = freshFolder();
beforeAll(async () => {
  writeMatrix(
    stored,
    `
axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } } }
measure: { launches: 2, sliceTime: 300ms, warmup: 200ms }
`,
  );
  const args = [
    'compare',
    '--no-profile',
    '--baseline',
    'a',
    '--candidate',
    'b',
    '--fail-on',
    'never',
    '--quiet',
  ];
  expect((await bench(args, stored)).code).toBe(0);
});

/** Where the labels that the pages name are kept. */
const labelled = freshFolder();
beforeAll(async () => {
  writeMatrix(
    labelled,
    `
axes: { version: { v1: {}, v2: {} } }
measure: { launches: 2, sliceTime: 100ms, warmup: 50ms }
`,
  );
  for (const label of ['before', 'after'])
    expect((await bench(['run', '--label', label, '--quiet'], labelled)).code).toBe(0);
  for (const [label, files] of [
    ['old', ['k6-export-1.json', 'k6-export-2.json']],
    ['new', ['k6-export-3.json', 'k6-handle-summary.json']],
  ] as const) {
    const named = files.map((file) => path.join(root, 'test/fixtures/foreign', file));
    expect((await bench(['import', 'k6', ...named, '--label', label], labelled)).code).toBe(0);
  }
});

/** The files of others that the pages name. */
const foreign = freshFolder();
beforeAll(() => {
  const fixture = (file: string): string => path.join(root, 'test/fixtures', file);
  for (const n of [1, 2, 3])
    copyFileSync(fixture(`foreign/k6-export-${n}.json`), path.join(foreign, `before-${n}.json`));
  for (const file of ['shop.har', 'shop.openapi.yaml'])
    copyFileSync(fixture(`scenario/${file}`), path.join(foreign, file));
});

describe('the commands that README and docs show', () => {
  it('are there', () => {
    expect(commands.length).toBeGreaterThan(5);
    expect(options.length).toBeGreaterThan(5);
    expect(blocks.length).toBeGreaterThan(0);
  });

  it.each(commands)('bench %s', async (text) => {
    const [command = '', ...args] = text.split(' ');
    if (command === 'compare' || command === 'plan') {
      // What would be measured; that measuring works is shown elsewhere.
      const folder = text.includes('run:') ? labelled : freshFolder();
      if (text.includes('git:')) writeMatrix(folder, 'target: { start: node server.mjs }');
      expect(await benchHere(['plan', ...args], folder)).toMatchObject({ code: 0, stderr: '' });
    } else if (command === 'init') {
      // Of a folder without anything it says so on stderr.
      expect(await benchHere([command, ...args], freshFolder())).toMatchObject({ code: 0 });
    } else if (command === 'run') {
      expect(await bench([command, ...args, '--quiet'], labelled)).toMatchObject({ code: 0 });
    } else if (command === 'import' || command === 'scenario') {
      expect(await benchHere([command, ...args], foreign)).toMatchObject({ code: 0, stderr: '' });
    } else if (command === 'doctor') {
      // What it says of this machine is not for a test to demand; doctor.test.ts runs it.
      expect(await benchHere([command, ...args, '--help'], stored)).toMatchObject({ code: 0 });
    } else {
      const named = args.map((arg) => (arg === 'RUN' ? path.basename(runFolder(stored)) : arg));
      expect(await benchHere([command, ...named], stored)).toMatchObject({ code: 0, stderr: '' });
    }
  });
});

describe('the options that README and docs show', () => {
  it.each(options)('%s', async (text) => {
    const [option = '', ...value] = text.split(' ');
    const { stdout: help } = await benchHere(['compare', '--help'], stored);
    expect(help).toContain(option);
    const planned = (await benchHere(['plan', '--help'], stored)).stdout.includes(option);
    if (!planned || value.length === 0) return;
    const args = ['plan', '--baseline', 'v1', '--candidate', 'v2'].filter(
      (arg, i, all) => arg !== option && all[i - 1] !== option,
    );
    expect(await benchHere([...args, option, ...value], freshFolder())).toMatchObject({
      code: 0,
      stderr: '',
    });
  });
});

it('a plan tells what the last run of its kind leads to expect', async () => {
  const { code, stdout } = await benchHere(['plan', '--baseline', 'a', '--candidate', 'b'], stored);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /client CPU per request: sees \d+\.\d %; 2\.0 % takes \d+ launches, \d+ s/,
  );
});

it.each(blocks)('the matrix\n%s', async (text) => {
  const folder = freshFolder();
  writeMatrix(folder, text);
  const args = ['plan', '--baseline', 'v1', '--candidate', 'v2'];
  const named = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, 'value']);
  expect(await benchHere(args, folder, Object.fromEntries(named))).toMatchObject({
    ...{ code: 0, stderr: '' },
  });
});
