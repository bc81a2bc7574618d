import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of /proc or /sys; null where this system has none. */
export function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** taskset pins a process before its first instruction; without it nothing is pinned. */
export function hasTaskset(searchPath: string): boolean {
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, 'taskset'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
