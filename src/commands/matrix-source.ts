import { accessSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { UncheckedMatrix } from '../matrix/file.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import { isModule, moduleEndings, moduleObject } from './matrix-module.ts';
import { packageFolder } from './package.ts';
import type { World } from './world.ts';

/** `name` is what reports call it; `file` is as messages and reports show it. */
export type MatrixSource = UncheckedMatrix & { readonly name: string };

const endings = ['.yaml', '.yml', '.json', ...moduleEndings];
const shippedFolder = path.join(packageFolder, 'matrix');

/** Names of the shipped matrices. */
export const shippedMatrices = (): string[] =>
  readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.basename(file, '.yaml'))
    .sort();

/** The name of a shipped matrix, or a file. */
export type MatrixLocation =
  | { readonly kind: 'shipped'; readonly name: string }
  | { readonly kind: 'file'; readonly file: string };

/**
 * A file, a shipped name, else `bench.matrix.*` of the working folder, else the shipped `incident`.
 * @throws BenchFailure where the working folder has several.
 */
export function locateMatrix(wanted: string | undefined, cwd: string): MatrixLocation {
  if (wanted !== undefined) {
    return shippedMatrices().includes(wanted)
      ? { kind: 'shipped', name: wanted }
      : { kind: 'file', file: path.resolve(cwd, wanted) };
  }
  const [own, another] = endings
    .map((ending) => `bench.matrix${ending}`)
    .filter((file) => existsSync(path.join(cwd, file)));
  if (own === undefined) return { kind: 'shipped', name: 'incident' };
  if (another === undefined) return { kind: 'file', file: path.join(cwd, own) };
  throw new BenchFailure(
    'configuration',
    `${own} and ${another} are both in this folder. Keep one of them, or name one with --matrix.`,
  );
}

/** @param wanted as `--matrix` takes it: a file, a shipped name, `-` for standard input, or nothing. */
export async function matrixSource(
  wanted: string | undefined,
  world: Pick<World, 'cwd' | 'stdin'>,
): Promise<MatrixSource> {
  if (wanted === '-')
    return { kind: 'text', name: 'stdin', file: 'stdin', text: await world.stdin() };
  const location = locateMatrix(wanted, world.cwd);
  if (location.kind === 'shipped' || !isModule(location.file))
    return textSource(location, world.cwd);
  const { file } = location;
  const called = callsFor(file, world.cwd);
  readable(() => accessSync(file));
  return { kind: 'object', ...called, object: await moduleObject(file, called.file) };
}

/** @throws BenchFailure where it cannot be read. */
export function textSource(location: MatrixLocation, cwd: string): MatrixSource {
  if (location.kind === 'shipped') return shippedMatrix(location.name);
  const { file } = location;
  const text = readable(() => readFileSync(file, 'utf8'));
  return { kind: 'text', ...callsFor(file, cwd), text };
}

export const shippedMatrix = (name: string): MatrixSource => ({
  ...{ kind: 'text', name, file: `${name}.yaml` },
  text: readFileSync(path.join(shippedFolder, `${name}.yaml`), 'utf8'),
});

/** What reports and messages call a file. */
function callsFor(file: string, cwd: string): Pick<MatrixSource, 'name' | 'file'> {
  const relative = path.relative(cwd, file);
  return {
    name: path.basename(file).replace(/(\.matrix)?\.(ya?ml|json|[cm]?[jt]s)$/, ''),
    file: relative.startsWith('..') ? file : relative,
  };
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BenchFailure(
      'configuration',
      `--matrix: ${messageOf(error)}. Name a file, or one of: ${shippedMatrices().join(', ')}.`,
    );
  }
}
