import { readdirSync } from 'node:fs';
import type { Descriptors } from '../model/network.ts';
import { readOrNull } from './files.ts';

/** Null where the process is gone, somebody else's, not limited, or Linux is not. */
export function descriptorsOf(pid: number | null): Descriptors | null {
  const limit = /^Max open files +(\d+) /m.exec(readOrNull(`/proc/${pid}/limits`) ?? '')?.[1];
  if (limit === undefined) return null;
  try {
    return { open: readdirSync(`/proc/${pid}/fd`).length, limit: Number(limit) };
  } catch {
    return null;
  }
}
