import type { Options } from 'yargs';
import type { ProfileWish } from '../analysis/profile/wish.ts';
import { BenchFailure } from '../model/failure.ts';

const values = ['changed', 'all'] as const;

/** A value may be left out, and `--no-profile` gives `false`, so yargs can check neither. */
export const profileOption = {
  profile: {
    type: 'string',
    // As yargs has it where the value is left out.
    coerce: (given: unknown) => given,
    describe:
      'CPU profiles of cells that got better too, or of all; --no-profile takes none (default: the 3 that got worst)',
  },
} as const satisfies Record<string, Options>;

/** @throws BenchFailure */
export function profileWishFrom(given: unknown): ProfileWish {
  if (given === undefined) return 'guilty';
  if (given === false) return 'never';
  if (given === '' || given === true) return 'changed';
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new BenchFailure(
    'configuration',
    `--profile: "${String(given)}" is none of: ${values.join(', ')}. Leave the value out for all cells that changed, or write --no-profile.`,
  );
}
