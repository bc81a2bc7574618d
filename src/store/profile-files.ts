import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Cell, Role } from '../model/plan.ts';
import type { ProfiledPart } from '../model/profile.ts';
import type { Conceal } from './conceal.ts';

const folderName = 'profiles';
/** A few MB are usual for many workers; more than this is no profile of ours. */
const mostBytes = 64_000_000;
/** File systems take 255 bytes; the rest of the name takes less than 60. */
const longestCell = 150;

interface Place {
  readonly role: Role;
  readonly part: ProfiledPart;
  readonly worker: number;
}

/** Relative to the run's folder, with the cell's id as far as a file's name can hold it. @param cells of the run, so that no two share a name */
export function profileFile(
  cells: readonly Cell[],
  cell: Cell,
  { role, part, worker }: Place,
): string {
  const nameOf = ({ id }: Cell): string => id.replace(/[^\w.,=@+-]+/g, '-').slice(0, longestCell);
  const name = nameOf(cell);
  const at = cells.findIndex(({ id }) => id === cell.id);
  const isShared = cells.some((other) => other.id !== cell.id && nameOf(other) === name);
  return `${folderName}/${name}${isShared ? `-${at}` : ''}-${role}-${part}-${worker}.cpuprofile`;
}

export const makeProfileFolder = (runFolder: string): void =>
  void mkdirSync(path.join(runFolder, folderName), { recursive: true });

/** Names of functions are what a process says too: values of variables go, in the file as well. @throws Error where it is none */
export function readProfile(file: string, conceal: Conceal): string {
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`it has ${size} bytes`);
  const text = readFileSync(file, 'utf8');
  const shown = conceal(text);
  if (shown === text) return text;
  writeFileSync(`${file}.part`, shown);
  renameSync(`${file}.part`, file);
  return shown;
}
