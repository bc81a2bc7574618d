import { accessSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { comparedVariants, type UncheckedMatrix } from '../matrix/file.ts';
import { parseTargetVersion } from '../matrix/target-version.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { MatrixPlace } from '../model/origin.ts';
import { isModule, moduleEndings, moduleObject } from './matrix-module.ts';
import { packageFolder } from './package.ts';
import type { World } from './world.ts';

/** `name` is what reports call it; `file` is as messages and reports show it. */
export type MatrixSource = UncheckedMatrix & {
  readonly name: string;
  /** Where it can be read again; null where it came from a stream or a program. */
  readonly place: MatrixPlace | null;
};

/** Of a `bench.matrix` file. */
export const matrixEndings = ['.yaml', '.yml', '.json', ...moduleEndings];
const shippedFolder = path.join(packageFolder, 'matrix');

/** Names of the shipped matrices. */
export const shippedMatrices = (): string[] =>
  readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.basename(file, '.yaml'))
    .sort();

/**
 * A file, a shipped name, else `bench.matrix.*` of the working folder, else the shipped one that serves what is compared.
 * @param subjects what is compared, as the user names it.
 * @throws BenchFailure where the working folder has several.
 */
export function locateMatrix(
  wanted: string | undefined,
  subjects: readonly string[],
  cwd: string,
): MatrixPlace {
  if (wanted !== undefined) {
    return shippedMatrices().includes(wanted)
      ? { kind: 'shipped', name: wanted }
      : { kind: 'file', file: path.resolve(cwd, wanted) };
  }
  const [own, another] = matrixEndings
    .map((ending) => `bench.matrix${ending}`)
    .filter((file) => existsSync(path.join(cwd, file)));
  if (own === undefined) return { kind: 'shipped', name: shippedFor(subjects) };
  if (another === undefined) return { kind: 'file', file: path.join(cwd, own) };
  throw new BenchFailure(
    'configuration',
    `${own} and ${another} are both in this folder. Keep one of them, or name one with --matrix.`,
  );
}

/** Releases of a framework for which an app is shipped are served by that. */
function shippedFor(subjects: readonly string[]): string {
  const packages = subjects.flatMap((name) => {
    const version = parseTargetVersion(name);
    return version?.kind === 'npm' ? [version.name] : [];
  });
  const served = comparedVariants(shippedMatrix('frameworks'), null);
  return packages.some((name) => served.includes(name)) ? 'frameworks' : 'incident';
}

/**
 * @param wanted as `--matrix` takes it: a file, a shipped name, `-` for standard input, or nothing.
 * @param subjects what is compared, as the user names it.
 */
export async function matrixSource(
  wanted: string | undefined,
  subjects: readonly string[],
  world: Pick<World, 'cwd' | 'stdin'>,
): Promise<MatrixSource> {
  if (wanted !== '-') return matrixAt(locateMatrix(wanted, subjects, world.cwd), world.cwd);
  return { kind: 'text', name: 'stdin', file: 'stdin', text: await world.stdin(), place: null };
}

/** @param cwd from where the file is shown. @throws BenchFailure where it cannot be read. */
export async function matrixAt(place: MatrixPlace, cwd: string): Promise<MatrixSource> {
  if (place.kind === 'shipped' || !isModule(place.file)) return textSource(place, cwd);
  const { file } = place;
  const called = callsFor(file, cwd);
  readable(() => accessSync(file));
  return { kind: 'object', ...called, place, object: await moduleObject(file, called.file) };
}

/** @throws BenchFailure where it cannot be read. */
export function textSource(place: MatrixPlace, cwd: string): MatrixSource {
  if (place.kind === 'shipped') return shippedMatrix(place.name);
  const { file } = place;
  const text = readable(() => readFileSync(file, 'utf8'));
  return { kind: 'text', ...callsFor(file, cwd), place, text };
}

export const shippedMatrix = (name: string): MatrixSource => ({
  ...{ kind: 'text', name, file: `${name}.yaml`, folder: shippedFolder },
  text: readFileSync(path.join(shippedFolder, `${name}.yaml`), 'utf8'),
  place: { kind: 'shipped', name },
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
