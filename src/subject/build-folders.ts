import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { identityOf } from '../process/identity.ts';

/** Where a run puts the files that it builds servers from. They go when the run does. */
export interface BuildFolders {
  /** A path that nothing has yet. All paths of a run are of one length: it decides where things lie in memory. */
  next(): string;
  remove(): Promise<void>;
}

const shelf = 'targets';

/** After which those of another machine that shares the cache count as left behind. */
const strangersMs = 7 * 24 * 3_600_000;

const host = hostname().replaceAll(/[^\w.]/g, '_');

/** The process that owns a folder: its number alone may be another's by now. */
function ownerName(pid: number): string {
  const { began } = identityOf(pid);
  const digest = createHash('sha256').update(began ?? 'unknown');
  return `${host}-${pid}-${digest.digest('hex').slice(0, 8)}`;
}

/** Nothing is made before it is asked for. @param cache where they lie */
export function buildFolders(cache: string): BuildFolders {
  const own = path.join(cache, shelf, ownerName(process.pid));
  let made = 0;
  return {
    next: () => {
      made += 1;
      return path.join(own, String(made).padStart(3, '0'));
    },
    remove: () => removed(own),
  };
}

/** Removes what runs that were killed have left. @param now ms since the epoch */
export async function removeStaleFolders(cache: string, now: number): Promise<void> {
  const all = path.join(cache, shelf);
  const names = existsSync(all) ? readdirSync(all) : [];
  const stale = names.map((name) => path.join(all, name)).filter((of) => isStale(of, now));
  await Promise.all(stale.map(removed));
}

/** @param folder named by `ownerName` */
function isStale(folder: string, now: number): boolean {
  const name = path.basename(folder);
  const [, owner, pid] = /^(.*)-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
  if (owner === host) return ownerName(Number(pid)) !== name;
  return now - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? now) > strangersMs;
}

const removed = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
