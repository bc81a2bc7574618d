import { closeSync, openSync, readSync } from 'node:fs';

/** A file of /proc or /sys, kept open: to read it again costs a fifth to a half of opening it again (bench/self/signals.js). */
export interface OpenFile {
  /** What it says now; null once that of which it tells is gone. */
  read(): string | null;
  close(): void;
}

export type Open = (file: string) => OpenFile | null;

/** The counters stand at the top; what /proc/stat adds for hundreds of interrupts is not needed. */
const buffer = Buffer.allocUnsafe(64 * 1024);

/** Null where this system has no such file, or does not let us read it. */
export const openProcFile: Open = (file) => {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return null;
  }
  const read = (): string | null => {
    try {
      return buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0));
    } catch {
      return null;
    }
  };
  return { read, close: () => closeSync(fd) };
};
