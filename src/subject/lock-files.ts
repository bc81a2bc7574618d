import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { installedIn } from './installed.ts';

/** In which other package managers write down what they resolved. */
const others = [
  ...['yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'uv.lock', 'poetry.lock', 'Pipfile.lock'],
  ...['Cargo.lock', 'go.sum', 'Gemfile.lock', 'composer.lock', 'mix.lock'],
];

/** What a server stands on: each package that npm installed, by its version; of what others installed, that it differs. */
export function dependencyFacts(folder: string): SubjectFingerprint {
  const packages = [...installedIn(folder)].map(
    ([place, { version }]) => [`target dependency ${place}`, version] as const,
  );
  const digests = others.flatMap((name) => {
    const digest = digestOf(path.join(folder, name));
    return digest === null ? [] : [[`target ${name}`, digest] as const];
  });
  return Object.fromEntries([...packages, ...digests]);
}

function digestOf(file: string): string | null {
  try {
    return `sha256 ${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)}`;
  } catch {
    return null;
  }
}
