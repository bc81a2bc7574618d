import { copyFile, lstat, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import path from 'node:path';

/** A file, or a link as it is. Whatever else there may be (sockets, pipes) is left out. */
export async function copyEntry(from: string, to: string): Promise<void> {
  const found = await lstat(from);
  await mkdir(path.dirname(to), { recursive: true });
  if (found.isSymbolicLink()) await symlink(await readlink(from), to);
  else if (found.isFile()) await copyFile(from, to);
}

/** All of a folder but what `leaveOut` names: it is asked for each absolute path, folders before what is in them. */
export async function copyFolder(
  from: string,
  to: string,
  leaveOut: (file: string) => boolean,
): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (leaveOut(source)) continue;
    if (entry.isDirectory()) await copyFolder(source, copy, leaveOut);
    else await copyEntry(source, copy);
  }
}
