import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const stages = [
  'model',
  'stats',
  'matrix',
  'contract',
  'process',
  'machine',
  'subject',
  'target',
  'worker',
  'engine',
  'measure',
  'store',
  'analysis',
  'report',
  'campaign',
  'commands',
];
const src = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) =>
  f.endsWith('.ts'),
);
const stageOf = (file: string): string => file.split(path.sep)[0] ?? '';

const imports = files.flatMap((file) => {
  const text = readFileSync(path.join(src, file), 'utf8');
  return [...text.matchAll(/^(import type|import|export)\b[^;]*?from '(\.[^']+)'/gms)].map(
    (found) => ({
      file,
      typeOnly: found[1] === 'import type',
      to: path.relative(src, path.resolve(src, path.dirname(file), found[2] ?? '')),
    }),
  );
});

describe('the folders of src are stages', () => {
  it('has no folder that is not a stage', () => {
    const folders = new Set(files.filter((file) => file.includes(path.sep)).map(stageOf));
    expect([...folders].sort()).toEqual([...stages].sort());
  });

  it('a stage imports only itself and stages before it', () => {
    const backwards = imports.filter(
      ({ file, to }) =>
        file.includes(path.sep) && stages.indexOf(stageOf(to)) > stages.indexOf(stageOf(file)),
    );
    expect(backwards).toEqual([]);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('nothing imports the command and the library, which stand above all stages', () => {
    expect(imports.filter(({ to }) => ['cli.ts', 'index.ts'].includes(to))).toEqual([]);
  });

  it('stats imports nothing of ours; worker only itself and types of model', () => {
    const strangers = imports.filter(({ file, to, typeOnly }) => {
      if (stageOf(file) === 'stats') return stageOf(to) !== 'stats';
      if (stageOf(file) !== 'worker' || stageOf(to) === 'worker') return false;
      return stageOf(to) !== 'model' || !typeOnly;
    });
    expect(strangers).toEqual([]);
  });

  it('stats, contract, analysis and report do no input or output and read no clock', () => {
    const impure = files
      .filter((file) => ['stats', 'contract', 'analysis', 'report'].includes(stageOf(file)))
      .filter((file) =>
        /from 'node:(fs|child_process|net|http|os)|Math\.random|Date\.now|new Date\(\)|process\.(env|stdout)/.test(
          readFileSync(path.join(src, file), 'utf8'),
        ),
      );
    expect(impure).toEqual([]);
  });

  it('no file is longer than 250 lines', () => {
    const long = files.filter(
      (file) => readFileSync(path.join(src, file), 'utf8').split('\n').length > 251,
    );
    expect(long).toEqual([]);
  });
});
