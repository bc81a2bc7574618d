import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** As `bench` names the folders of its runs. */
const run = /^\d{8}-\d{6}-[0-9a-f]{4}-/;

/**
 * Whether a file is of bench and not of the server in whose folder it lies: runs that were stored there, and the cache.
 * @param runs the folder that holds all runs, and may hold files of the user's too
 */
export function ownFiles(runs: string, cache: string): (file: string) => boolean {
  const [ourRuns, ourCache] = [runs, cache].map(real);
  return (file) => {
    const id = partBelow(ourRuns ?? runs, file);
    return (id !== null && run.test(id)) || partBelow(ourCache ?? cache, file) !== null;
  };
}

/** The first part of a path below a folder; the empty string of the folder itself; null of what is elsewhere. */
function partBelow(folder: string, file: string): string | null {
  const [first = ''] = path.relative(folder, file).split(path.sep);
  return first === '..' ? null : first;
}

/** Git gives paths without links. */
const real = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : folder);
