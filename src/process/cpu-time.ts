import { readdirSync, readFileSync } from 'node:fs';
import { type Micros, micros } from '../model/units.ts';
import { entryOf } from './tree.ts';

/**
 * CPU time of a process of somebody else's since it began, all its threads.
 *
 * From /proc/PID/task/TID/schedstat, in nanoseconds, where the kernel has it (not from /proc/PID/schedstat, which is the
 * main thread alone). A thread that ends takes its time along; the programs that are read so keep theirs.
 * Else from utime and stime of /proc/PID/stat, in steps of 10 ms: between two readings at rest nothing is burnt, so the sum over
 * slices is that of the launch, and is off by one step at most.
 *
 * @returns null where the process is gone or Linux is not.
 */
export function cpuTimeOf(pid: number): Micros | null {
  return threadsTime(pid) ?? ticksTime(pid);
}

function threadsTime(pid: number): Micros | null {
  const folder = `/proc/${pid}/task`;
  let ns = 0;
  try {
    for (const thread of readdirSync(folder)) ns += ranNs(`${folder}/${thread}/schedstat`);
  } catch {
    return null;
  }
  return ns > 0 ? micros(ns / 1000) : null;
}

/** 0 for a thread that ended while the others were read. */
function ranNs(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

function ticksTime(pid: number): Micros | null {
  try {
    return micros(entryOf(pid, readFileSync(`/proc/${pid}/stat`, 'utf8')).cpuUs);
  } catch {
    return null;
  }
}

/** @returns null where the process is gone or Linux is not. */
export function residentBytesOf(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return kilobytes === null ? null : Number(kilobytes[1]) * 1024;
  } catch {
    return null;
  }
}
