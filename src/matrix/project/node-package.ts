import { z } from 'zod';
import { BenchFailure } from '../../model/failure.ts';
import type { Listing } from './listing.ts';

export const manifestFile = 'package.json';

const texts = z.record(z.string(), z.string()).catch({});
const shape = z.object({
  main: z.string().nullable().catch(null).default(null),
  bin: z.union([z.string().transform((bin) => [bin]), texts.transform(Object.values)]).catch([]),
  scripts: texts,
  dependencies: texts,
  devDependencies: texts,
});
export type NodePackage = z.infer<typeof shape>;

/** What of it a matrix needs; null where there is none. @throws BenchFailure where it is no JSON object. */
export function nodePackage(listing: Listing): NodePackage | null {
  const text = listing.get(manifestFile);
  if (text === undefined) return null;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new BenchFailure(
      'configuration',
      `${manifestFile}: is not a JSON object. Correct it, then run this again.`,
    );
  }
}

interface Manager {
  readonly name: string;
  readonly lock: string;
  readonly install: string;
}

const managers: readonly Manager[] = [
  { name: 'npm', lock: 'package-lock.json', install: 'npm ci' },
  { name: 'npm', lock: 'npm-shrinkwrap.json', install: 'npm ci' },
  { name: 'pnpm', lock: 'pnpm-lock.yaml', install: 'pnpm install --frozen-lockfile' },
  { name: 'yarn', lock: 'yarn.lock', install: 'yarn install --immutable' },
  { name: 'bun', lock: 'bun.lock', install: 'bun install --frozen-lockfile' },
  { name: 'bun', lock: 'bun.lockb', install: 'bun install --frozen-lockfile' },
];

/** Whose lock file lies there; npm, without one, where none does. */
export function managerOf(listing: Listing): Omit<Manager, 'lock'> & { lock: string | null } {
  const found = managers.find(({ lock }) => listing.has(lock));
  if (found === undefined) return { name: 'npm', lock: null, install: 'npm install' };
  // The first yarn does not know the word of the later ones.
  const isFirst = found.name === 'yarn' && /yarn lockfile v1/.test(listing.get(found.lock) ?? '');
  return isFirst ? { ...found, install: 'yarn install --frozen-lockfile' } : found;
}
