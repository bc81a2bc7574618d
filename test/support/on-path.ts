import { execFileSync } from 'node:child_process';

/** Whether a program is there, for tests that are skipped by name where it is not. */
export function onPath(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
