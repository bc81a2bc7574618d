import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../../model/failure.ts';
import type { AnyClientStart } from '../engine.ts';
import { type Locustfile, locustfileOf } from './locustfile.ts';

/** The locustfile of an arm: the user's, or one that is kept with the run. */
export interface KeptFile extends Pick<Locustfile, 'requests' | 'env'> {
  readonly path: string;
  readonly isOwn: boolean;
}

export function keptFile(options: AnyClientStart): KeptFile {
  const { name, settings, declared, caFile, place } = options;
  const spec = settings.client.locustfile;
  if (spec === null) throw new Error(`${name} has no locustfile`);
  if (spec.kind === 'own') {
    const file = path.resolve(spec.path);
    if (!existsSync(file))
      throw new BenchFailure(
        'configuration',
        `client.file: ${file} is not there. Name a locustfile.`,
      );
    return { path: file, requests: [], env: {}, isOwn: true };
  }
  const { userClass } = spec;
  // A comma would make it two files for Locust: the name has none.
  const file = path.resolve(place.runFolder, `locustfile-${place.name}.py`);
  const title = `What bench sends as the ${name}.`;
  const { text, requests, env } = locustfileOf(settings, declared, { title, userClass, caFile });
  writeFileSync(file, text);
  return { path: file, requests, env, isOwn: false };
}
