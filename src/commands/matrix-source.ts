import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure, messageOf } from '../model/failure.ts';
import { packageFolder } from './package.ts';

export interface MatrixSource {
  readonly name: string;
  /** As messages and reports show it. */
  readonly file: string;
  readonly text: string;
}

const endings = ['.yaml', '.yml', '.json'];
const shippedFolder = path.join(packageFolder, 'matrix');

/** Names of the shipped matrices. */
export const shippedMatrices = (): string[] =>
  readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.basename(file, '.yaml'))
    .sort();

/** A file, a shipped name, else `bench.matrix.*` of the working folder, else the shipped `incident`. */
export function matrixSource(wanted: string | undefined, cwd: string): MatrixSource {
  if (wanted === undefined) {
    const own = endings.map((e) => path.join(cwd, `bench.matrix${e}`)).find((f) => existsSync(f));
    return own === undefined ? shipped('incident') : read(own, cwd);
  }
  if (shippedMatrices().includes(wanted)) return shipped(wanted);
  return read(path.resolve(cwd, wanted), cwd);
}

const shipped = (name: string): MatrixSource => ({
  name,
  file: `${name}.yaml`,
  text: readFileSync(path.join(shippedFolder, `${name}.yaml`), 'utf8'),
});

function read(file: string, cwd: string): MatrixSource {
  try {
    const shown = path.relative(cwd, file);
    const name = path.basename(file).replace(/(\.matrix)?\.(ya?ml|json)$/, '');
    return { name, file: shown.startsWith('..') ? file : shown, text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new BenchFailure(
      'configuration',
      `--matrix: ${messageOf(error)}. Name a file, or one of: ${shippedMatrices().join(', ')}.`,
    );
  }
}
