import path from 'node:path';
import { type Axes, listAxes } from '../matrix/file.ts';
import { openapiMethods } from '../matrix/scenario/openapi.ts';
import { BenchFailure } from '../model/failure.ts';
import { foreignPrograms } from '../model/imported.ts';
import { formats } from '../report/format.ts';
import { listRuns } from '../store/runs.ts';
import { isModule } from './matrix-module.ts';
import { locateMatrix, shippedMatrices, textSource } from './matrix-source.ts';
import { runsOption } from './output-options.ts';
import { scenarioFormats } from './scenario.ts';
import type { World } from './world.ts';

/** What the shell's script calls bench with, before the words of the line so far. The script is yargs's. */
export const completionRequest = '--get-yargs-completions';

const wholeWords = ['=', '@'].map((sign) => `COMP_WORDBREAKS=\${COMP_WORDBREAKS//${sign}/}\n`);

/**
 * The script of the user's shell. Bash would otherwise take tls=1.3 and node@20 apart, and ask for what follows the
 * sign alone.
 * @param script yargs's.
 */
export const completionScript = (script: string): string =>
  script.includes('COMP_WORDS') ? wholeWords.join('') + script : script;

const isZsh = ({ env }: World): boolean => /zsh/.test(`${env.SHELL} ${env.ZSH_NAME}`);

/**
 * What may stand in place of the last word; null where yargs knows it.
 * @param words the line so far, from `bench` on; the last may be empty.
 */
export function completions(words: readonly string[], world: World): readonly string[] | null {
  const values = valuesOf(words, world);
  if (values === null) return null;
  // Where none fits, the shell offers files.
  const fitting = values.filter((value) => value.startsWith(words.at(-1) ?? ''));
  // zsh takes what follows a colon for a description.
  return isZsh(world) ? fitting.map((value) => value.replaceAll(':', '\\:')) : fitting;
}

function valuesOf(words: readonly string[], world: World): readonly string[] | null {
  const current = words.at(-1) ?? '';
  const said = (option: string): string | undefined => {
    const at = words.indexOf(option);
    return at === -1 ? undefined : words[at + 1];
  };
  const axes = (): Axes => {
    const known = axesIn(said('--matrix'), world);
    return { ...known, compare: said('--axis') ?? known.compare };
  };
  switch (words.at(-2)) {
    case '--matrix':
      return shippedMatrices();
    case '--format':
      return formats;
    case '--axis':
      return axes().axes.map(({ name }) => name);
    case '--baseline':
    case '--variant':
      return comparedIn(axes());
    case '--candidate':
      return listed(comparedIn(axes()), current);
    case '--only':
      return patterns(axes(), current, (said('--candidate') ?? '').includes(','));
    case 'import':
      return foreignPrograms;
    case 'scenario':
      return scenarioFormats;
    case '--methods':
      return openapiMethods;
    case '--resume':
    case 'report': {
      if (current.startsWith('-')) return null;
      const root = path.resolve(world.cwd, said('--out') ?? runsOption.default);
      return ['latest', ...listRuns(root).map(({ id }) => id)];
    }
    default:
      return null;
  }
}

const comparedIn = ({ axes, compare }: Axes): readonly string[] =>
  axes.find(({ name }) => name === compare)?.variants ?? [];

/** What comes before the part of a list that is being written. */
const wholeParts = (word: string): string => word.slice(0, word.lastIndexOf(',') + 1);

/** Those that the word has not named already, behind those that it has. */
function listed(names: readonly string[], word: string): string[] {
  const whole = wholeParts(word);
  const named = whole.split(',');
  return names.filter((name) => !named.includes(name)).map((name) => whole + name);
}

/** Each of the other axes' variants, behind the axes that the word has named already. @param several candidates span cells too */
function patterns({ axes, compare }: Axes, word: string, several: boolean): string[] {
  const whole = wholeParts(word);
  const named = new Set(whole.split(',').map((pair) => pair.split('=')[0]));
  return axes
    .filter(({ name }) => (several || name !== compare) && !named.has(name))
    .flatMap(({ name, variants }) => variants.map((variant) => `${whole}${name}=${variant}`));
}

const unknown: Axes = { description: '', compare: null, axes: [] };

/** None where the matrix is a program, which nobody asked to run, and where it is not yet in order. */
function axesIn(wanted: string | undefined, world: World): Axes {
  try {
    const location = locateMatrix(wanted, [], world.cwd);
    if (location.kind === 'file' && isModule(location.file)) return unknown;
    return listAxes(textSource(location, world.cwd));
  } catch (error) {
    if (error instanceof BenchFailure) return unknown;
    throw error;
  }
}
