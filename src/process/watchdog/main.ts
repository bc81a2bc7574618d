/**
 * Outlives the run for a moment. Its standard input is a pipe that the run holds open; when the run
 * ends, however it ends, the pipe closes, and whatever still carries the run's mark is killed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { markVariable } from '../mark.ts';

const mark = process.argv[2];
/** A child that was being started when the run died gets its environment only at exec: look again. */
const quietPasses = 5;
const passMs = 40;

function marked(entry: string): boolean {
  try {
    return readFileSync(`/proc/${entry}/environ`, 'utf8')
      .split('\0')
      .includes(`${markVariable}=${mark}`);
  } catch {
    return false;
  }
}

function killAll(): number {
  let found = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid || !marked(entry)) continue;
    try {
      process.kill(Number(entry), 'SIGKILL');
      found += 1;
    } catch {
      // It went by itself.
    }
  }
  return found;
}

async function sweep(): Promise<void> {
  for (let quiet = 0; quiet < quietPasses; ) {
    quiet = killAll() === 0 ? quiet + 1 : 0;
    await wait(passMs);
  }
  process.exit(0);
}

process.stdin.resume().on('end', sweep).on('error', sweep);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
