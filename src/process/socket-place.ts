import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A socket's path has at most 107 bytes on Linux, 103 on macOS. */
const longestPath = 103;

export interface SocketPlace {
  readonly socket: string;
  /** After the server was closed, which removes the socket itself. */
  remove(): void;
}

/** Where a Unix socket of a run lies: in the run's folder, or elsewhere where that path is too long. @param name unique in the run */
export function socketPlace(runFolder: string, name: string): SocketPlace {
  const wanted = path.join(runFolder, `${name}.sock`);
  // A run that was killed leaves its own behind.
  rmSync(wanted, { force: true });
  if (Buffer.byteLength(wanted) <= longestPath) return { socket: wanted, remove: () => {} };
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  return {
    socket: path.join(folder, 'own.sock'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
