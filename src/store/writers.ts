import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import { identityOf, isRunning, type ProcessIdentity } from '../process/identity.ts';

/**
 * A journal has one writer at a time. The n-th process that writes it makes the file `writer.n`, which says who it is.
 * These files are never removed, so each can be made once: of two that find the same writer dead, one comes next.
 */
interface Writer extends ProcessIdentity {
  readonly host: string;
}

const fileOf = (folder: string, n: number): string => path.join(folder, `writer.${n}`);

/**
 * @returns the how many-th writer this process is, from 1.
 * @throws BenchFailure where another may still write.
 */
export function becomeWriter(folder: string): number {
  const last = lastNumber(folder);
  const writer = writerOf(folder, last);
  if (writer !== null) refuseWhileWriting(folder, last, writer);
  if (!made(fileOf(folder, last + 1), { ...identityOf(process.pid), host: hostname() })) {
    throw new BenchFailure(
      'configuration',
      `run ${path.basename(folder)} was taken up by another process just now. Wait for its end.`,
    );
  }
  return last + 1;
}

/** @returns false where the file is there already. */
function made(file: string, writer: Writer): boolean {
  const aside = `${file}.${process.pid}.part`;
  writeFileSync(aside, `${JSON.stringify(writer)}\n`);
  try {
    // Fails where the file is there, as a rename does not, and is never seen half-written, as a file that is opened is.
    linkSync(aside, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside);
  }
}

/** Whether a process of this machine is writing the run's journal. */
export function isBeingWritten(folder: string): boolean {
  const writer = writerOf(folder, lastNumber(folder));
  return writer !== null && writer.host === hostname() && isRunning(writer);
}

/** 0 where nobody has written yet. */
const lastNumber = (folder: string): number =>
  Math.max(0, ...readdirSync(folder).map((name) => Number(/^writer\.(\d+)$/.exec(name)?.[1] ?? 0)));

/** Null where there is none, and where the machine crashed before it was on the disk. */
function writerOf(folder: string, n: number): Writer | null {
  try {
    return JSON.parse(readFileSync(fileOf(folder, n), 'utf8')) as Writer;
  } catch {
    return null;
  }
}

function refuseWhileWriting(folder: string, n: number, writer: Writer): void {
  const run = path.basename(folder);
  if (writer.host !== hostname()) {
    throw new BenchFailure(
      'configuration',
      `run ${run} was measured on ${writer.host}, and whether it still is cannot be seen from here. Once it is not, empty the file ${fileOf(folder, n)}.`,
    );
  }
  if (!isRunning(writer)) return;
  throw new BenchFailure(
    'configuration',
    `run ${run} is still being measured, by process ${writer.pid}. Wait for its end, or end it.`,
  );
}
