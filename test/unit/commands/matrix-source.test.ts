import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MatrixSource, matrixSource } from '../../../src/commands/matrix-source.ts';
import { BenchFailure } from '../../../src/model/failure.ts';
import { freshFolder } from '../../support/bench.ts';

const noStdin = () => Promise.reject(new Error('nobody asked for stdin'));

/** A folder with these files, and what `--matrix` finds in it. */
const sourceIn = (
  files: Readonly<Record<string, string>>,
  wanted?: string,
  stdin: () => Promise<string> = noStdin,
): Promise<MatrixSource> => {
  const cwd = freshFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(cwd, name), text);
  return matrixSource(wanted, [], { cwd, stdin });
};

const refusal = async (files: Readonly<Record<string, string>>, wanted?: string) => {
  const error: unknown = await sourceIn(files, wanted).catch((thrown: unknown) => thrown);
  if (!(error instanceof BenchFailure) || error.kind !== 'configuration') throw error;
  if (/[\r\n]/.test(error.message)) throw new Error(`more than one line: ${error.message}`);
  return error.message;
};

describe('a matrix file in TypeScript or JavaScript', () => {
  const made = { description: 'made' };
  const object = { kind: 'object', object: made };

  it.each([
    [
      'bench.matrix.ts',
      "import { defineMatrix, type Matrix } from 'bench-matrix';\nenum Of { It }\nexport default defineMatrix({ description: 'made' } as Matrix);",
    ],
    ['bench.matrix.mts', "export default async () => ({ description: 'made' });"],
    ['bench.matrix.js', "export default { description: 'made' };"],
    ['bench.matrix.mjs', "export default await Promise.resolve({ description: 'made' });"],
  ])('%s is found, and loaded', async (file, text) => {
    expect(await sourceIn({ [file]: text })).toMatchObject({ ...object, name: 'bench', file });
  });

  it('may import its own files, and is named by --matrix', async () => {
    const files = {
      'part.ts': "export const description: string = 'made';",
      'mine.ts': "import { description } from './part';\nexport default () => ({ description });",
    };
    const source = await sourceIn(files, 'mine.ts');
    expect(source).toMatchObject({ ...object, name: 'mine', file: 'mine.ts' });
    expect(source.place).toEqual({ kind: 'file', file: expect.stringMatching(/^\/.*mine\.ts$/) });
  });

  it('is read again after it was edited', async () => {
    const cwd = freshFolder();
    const of = async (text: string) => {
      writeFileSync(path.join(cwd, 'bench.matrix.mjs'), text);
      return matrixSource(undefined, [], { cwd, stdin: noStdin });
    };
    await of('export default {};');
    expect(await of("export default { description: 'made' };")).toMatchObject(object);
  });

  it.each([
    ['module.exports = {};', 'has no default export.'],
    ['export const made = 1;', 'has no default export. Write export default defineMatrix({ … }).'],
    ['throw new Error("boom\\nbang.");', 'cannot be loaded: boom bang. Correct it.'],
    ['throw "boom";', 'cannot be loaded: boom. Correct it.'],
    ["import './nowhere';", "cannot be loaded: Cannot find module './nowhere'. Correct it."],
    ['export default { a: 1,, };', 'cannot be loaded: ParseError: Unexpected token'],
    [
      'export default () => { throw new Error("boom"); };',
      'its function failed: boom. Correct it.',
    ],
    ['export default Promise.reject(new Error("boom"));', 'its function failed: boom.'],
  ])('%s is one clear line', async (text, words) => {
    expect(await refusal({ 'bench.matrix.ts': text })).toContain(`bench.matrix.ts: ${words}`);
  });
});

describe('which matrix is read', () => {
  it('the shipped incident, where the folder has none', async () => {
    expect(await sourceIn({})).toMatchObject({ name: 'incident', file: 'incident.yaml' });
  });

  it('none of several', async () => {
    const files = { 'bench.matrix.json': '{}', 'bench.matrix.ts': 'export default {};' };
    expect(await refusal(files)).toBe(
      'bench.matrix.json and bench.matrix.ts are both in this folder. Keep one of them, or name one with --matrix.',
    );
    expect(await sourceIn(files, 'bench.matrix.json')).toMatchObject({ kind: 'text', text: '{}' });
  });

  it('standard input', async () => {
    expect(await sourceIn({}, '-', async () => 'axes: {}')).toEqual({
      ...{ kind: 'text', name: 'stdin', file: 'stdin', text: 'axes: {}', place: null },
    });
  });

  it.each(['nowhere.yaml', 'nowhere.ts'])('not %s, which is not there', async (name) => {
    expect(await refusal({}, name)).toMatch(
      /^--matrix: ENOENT.*Name a file, or one of: dns, doctor, /,
    );
  });
});

describe('without a file', () => {
  const none = (subjects: readonly string[], own?: string) => {
    const cwd = freshFolder();
    if (own !== undefined) writeFileSync(path.join(cwd, 'bench.matrix.yaml'), own);
    return matrixSource(undefined, subjects, { cwd, stdin: noStdin });
  };

  it.each([
    [['npm:fastify@4', 'npm:fastify@5'], 'frameworks'],
    [['npm:express@4', 'express'], 'frameworks'],
    [['npm:undici@6', 'npm:undici@7'], 'incident'],
    [['npm:hapi@1', 'git:main'], 'incident'],
    [['v1', 'v2'], 'incident'],
  ])('%j are measured by the shipped matrix %s', async (subjects, name) => {
    const place = { kind: 'shipped', name };
    expect(await none(subjects)).toMatchObject({ name, file: `${name}.yaml`, place });
  });

  it('that is in the folder', async () => {
    expect(await none(['npm:koa@2', 'npm:koa@3'], '{}')).toMatchObject({ name: 'bench' });
  });
});
