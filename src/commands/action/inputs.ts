import { BenchFailure } from '../../model/failure.ts';
import type { World } from '../world.ts';

/** Inputs of action.yml that are options of `bench compare`, of the same names. */
const inputs = {
  ...{ matrix: 'text', axis: 'text', side: 'text', budget: 'text', launches: 'text' },
  ...{ workers: 'text', seed: 'text', margin: 'text', 'fail-on': 'text' },
  ...{ 'target-rate': 'text' },
  // One a line.
  ...{ only: 'lines', set: 'lines' },
  ...{ strict: 'switch', 'allow-remote': 'switch' },
} as const satisfies Record<string, 'text' | 'lines' | 'switch'>;

/** What a step's environment says of an input; the empty string where nobody says anything. */
export const inputOf = ({ env }: Pick<World, 'env'>, name: string): string =>
  (env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();

/** The options that inputs ask for, each in one word, so that no value can pass for another option. @throws BenchFailure */
export const optionsFrom = (world: Pick<World, 'env'>): readonly string[] =>
  Object.entries(inputs).flatMap(([name, kind]) => {
    const value = inputOf(world, name);
    if (value === '') return [];
    if (kind === 'text') return [`--${name}=${value}`];
    if (kind === 'switch') return isOn(name, value) ? [`--${name}`] : [];
    const lines = value.split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '').map((line) => `--${name}=${line}`);
  });

function isOn(name: string, value: string): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new BenchFailure('configuration', `${name}: is neither true nor false. Write one of them.`);
}
