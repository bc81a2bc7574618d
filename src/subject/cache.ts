import { homedir } from 'node:os';
import path from 'node:path';
import type { Environment } from '../process/environment.ts';

/** Where installed subjects are kept: `BENCH_CACHE`, else the XDG cache folder. Absolute. */
export const cacheFolder = (environment: Environment): string =>
  path.resolve(
    environment.BENCH_CACHE ??
      path.join(environment.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'bench-matrix'),
  );
