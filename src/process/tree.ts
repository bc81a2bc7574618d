import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { tickUs } from '../model/units.ts';

/** A process that leads a group of its own, and whatever it started. */
export interface ProcessTree {
  /** Null where it never started, or has ended: its number may be another's by now. */
  readonly root: number | null;
  /** `NAME=value` in the environment of all of them: finds those that left group and parent. Null where there is none. */
  readonly mark: string | null;
}

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly dead: boolean;
  /** Since the machine was started. */
  readonly startedTicks: number;
  /** With the children that it waited for. */
  readonly cpuUs: number;
}

/** The CPU that all of them have used so far, with those that have ended; null where the kernel does not say. */
export function treeCpuUs(tree: ProcessTree): number | null {
  const members = membersOf(tree);
  return members.some(({ pid }) => pid === tree.root)
    ? members.reduce((sum, { cpuUs }) => sum + cpuUs, 0)
    : null;
}

const killPasses = 100;
const passMs = 10;

/** Kills them all, and looks again until none is left: one may have been starting another. */
export async function killTree(tree: ProcessTree): Promise<void> {
  const alive = (): number[] => membersOf(tree).flatMap(({ pid, dead }) => (dead ? [] : [pid]));
  // The group by its number too: where there is no /proc, nobody else is found.
  kill([...(tree.root === null ? [] : [-tree.root]), ...alive()]);
  for (let pass = 0; pass < killPasses; pass += 1) {
    const left = alive();
    if (left.length === 0) return;
    kill(left);
    await wait(passMs);
  }
}

export const killGroup = (root: number): void => kill([-root]);

function kill(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went by itself.
    }
  }
}

function membersOf({ root, mark }: ProcessTree): Entry[] {
  const all = entries();
  const members = new Set<number>();
  const joins = ({ pid, parent, group, session }: Entry): boolean =>
    (root !== null && [pid, group, session].includes(root)) ||
    members.has(parent) ||
    (mark !== null && carries(pid, mark));
  for (let size = -1; size < members.size; ) {
    size = members.size;
    for (const entry of all) if (!members.has(entry.pid) && joins(entry)) members.add(entry.pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

function carries(pid: number, mark: string): boolean {
  return read(`/proc/${pid}/environ`).split('\0').includes(mark);
}

function entries(): Entry[] {
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : '';
    return stat === '' ? [] : [entryOf(Number(name), stat)];
  });
}

/** `pid (name) state ppid pgrp session …`: the name may hold blanks and brackets. */
export function entryOf(pid: number, stat: string): Entry {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => Number(fields[index] ?? 0);
  return {
    pid,
    parent: at(1),
    group: at(2),
    session: at(3),
    dead: fields[0] === 'Z' || fields[0] === 'X',
    startedTicks: at(19),
    // utime, stime, cutime, cstime
    cpuUs: (at(11) + at(12) + at(13) + at(14)) * tickUs,
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Ended meanwhile, or somebody else's.
    return '';
  }
}
