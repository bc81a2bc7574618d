import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Jiti } from 'jiti';
import { failureAt } from '../matrix/place.ts';
import { type BenchFailure, messageOf } from '../model/failure.ts';

export const moduleEndings = ['.ts', '.mts', '.js', '.mjs'];

/** Those of CommonJS too: whoever names one is told what it should export. */
export const isModule = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);

/** Without its ending: it is a source under test and built when installed. */
const define = fileURLToPath(new URL('../matrix/define', import.meta.url));

/**
 * What a matrix file in TypeScript or JavaScript exports by default, or what the function that it exports gives.
 * @param shown how messages name the file.
 * @throws BenchFailure `configuration` for whatever the file throws, and where it exports nothing by default.
 */
export async function moduleObject(file: string, shown: string): Promise<unknown> {
  // Loaded here, because most runs read no such file.
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, {
    // Nothing is left behind in the user's project, and what was edited is read again.
    ...{ fsCache: false, moduleCache: false, interopDefault: false },
    // The bench that reads the file, which a project need not have installed.
    alias: { 'bench-matrix': define },
  });
  let exported: Exports;
  try {
    // Not jiti.import: it leaves some files to Node, runs those that throw twice, and gives an edited one as it was.
    exported = await evaluated(jiti, file);
  } catch (error) {
    throw failure(shown, `cannot be loaded: ${oneLine(error)}. Correct it.`);
  }
  if (exported.default === undefined)
    throw failure(shown, 'has no default export. Write export default defineMatrix({ … }).');
  return objectFrom(exported.default, shown);
}

interface Exports {
  readonly default?: unknown;
}

const evaluated = (jiti: Jiti, file: string): Exports | Promise<Exports> =>
  jiti.evalModule(readFileSync(file, 'utf8'), {
    ...{ filename: file, async: true, forceTranspile: true },
  }) as Exports | Promise<Exports>;

/** A function is called, and a promise awaited. @throws BenchFailure `configuration` where that fails. */
export async function objectFrom(given: unknown, shown: string): Promise<unknown> {
  try {
    return await (typeof given === 'function' ? given() : given);
  } catch (error) {
    throw failure(shown, `its function failed: ${oneLine(error)}. Correct it.`);
  }
}

const failure = (file: string, problem: string): BenchFailure =>
  failureAt({ kind: 'object', file, path: [] }, problem);

/** Messages of loaders have several lines; what required a missing module is the file itself. */
const oneLine = (error: unknown): string =>
  messageOf(error)
    .replace(/Require stack:.*/s, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
