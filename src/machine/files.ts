import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A file of /proc or /sys; null where this system has none. */
export function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The first program of this name on the search path; null where there is none. */
export function findProgram(name: string, searchPath: string): string | null {
  const files = searchPath.split(path.delimiter).map((folder) => path.join(folder, name));
  return files.find(isProgram) ?? null;
}

/** taskset pins a process before its first instruction; without it nothing is pinned. */
export const hasTaskset = (searchPath: string): boolean =>
  findProgram('taskset', searchPath) !== null;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
