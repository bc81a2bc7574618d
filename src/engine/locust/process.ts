import { fileURLToPath } from 'node:url';
import type { Command } from '../../process/child.ts';
import type { AnyClientStart } from '../engine.ts';

/** Python reads some hundred files before it is ready, and all users are there before it is configured. */
export const startDeadlineMs = 60_000;

const agent = fileURLToPath(new URL('python/run.py', import.meta.url));

/** A Locust process with our agent in it. It inherits nothing that its arm does not say. */
export const locustCommand = (
  { runtime, settings, env, caFile }: AnyClientStart,
  ofFile: Readonly<Record<string, string>>,
): Pick<Command, 'file' | 'args' | 'env'> => ({
  file: runtime,
  args: [agent],
  env: {
    ...env,
    PYTHONDONTWRITEBYTECODE: '1',
    ...(settings.connection.tls === 'none' ? {} : { BENCH_CA_FILE: caFile }),
    ...ofFile,
  },
});
