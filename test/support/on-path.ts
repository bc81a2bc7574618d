import { execFileSync } from 'node:child_process';

/** Whether a program is to be had: tests that need it are skipped elsewhere. */
export const onPath = (program: string): boolean => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
