import { access, mkdir, rename, rm } from 'node:fs/promises';

const underWay = new Map<string, Promise<void>>();

/**
 * Fills a folder once: made aside and renamed, so that a half-made one is never used.
 * @param unique makes the name of the folder aside unique among processes.
 */
export async function once(
  folder: string,
  unique: string,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  const known = underWay.get(folder);
  if (known !== undefined) return known;
  const made = makeFolder(folder, unique, fill);
  underWay.set(folder, made);
  try {
    await made;
  } finally {
    underWay.delete(folder);
  }
}

async function makeFolder(
  folder: string,
  unique: string,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  if (await exists(folder)) return;
  const aside = `${folder}.${unique}`;
  await mkdir(aside, { recursive: true });
  try {
    await fill(aside);
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another bench was quicker: its copy is as good.
    if (await exists(folder)) return;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
