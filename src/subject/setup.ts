import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import { endedWell } from '../process/ending.ts';
import { LoggedProcess } from '../process/logged.ts';

/** Generous: an image may be pulled, or a compiler be run. */
const deadlineMs = 30 * 60_000;
const shownLines = 3;

export interface SetupStart {
  /** Whose it is, for messages: `baseline`. */
  readonly name: string;
  /** As the user wrote it, for /bin/sh. */
  readonly setup: string;
  readonly folder: string;
  readonly log: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs the command that makes a server's files ready, once. @throws BenchFailure where it fails, with the end of its log. */
export async function runSetup(start: SetupStart): Promise<void> {
  const { name, setup, folder, log, signal } = start;
  const refused = (how: string, next: string): BenchFailure => {
    const said = endOfLog(log);
    const end = said === '' ? 'It printed nothing' : `Its log ends: ${said}`;
    return new BenchFailure(
      'unmeasurable',
      `target.setup of ${name}, \`${setup}\`, ${how}. ${end}. The whole is in ${log}. ${next}`,
    );
  };
  mkdirSync(path.dirname(log), { recursive: true });
  const command = new LoggedProcess({
    ...{ name: `setup of ${name}`, core: null, file: '/bin/sh', args: ['-c', setup] },
    ...{ folder, log, env: start.env, mark: `${ownVariable}=${start.env[ownVariable]}` },
  });
  const over = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  const stop = (): void => void command.stop();
  over.addEventListener('abort', stop);
  if (over.aborted) stop();
  const how = await command.exited;
  over.removeEventListener('abort', stop);
  // What it left behind in the background is no part of the server.
  await command.stop();
  if (signal.aborted) throw new BenchFailure('interrupted', 'interrupted before anything ran');
  if (over.aborted)
    throw refused(`did not end within ${deadlineMs / 60_000} minutes`, 'Make it shorter.');
  if (how !== endedWell) throw refused(how, 'Make it run in a fresh copy of the files.');
}

/** In the environment of a setup and of nothing else: by it all that it started is found. */
export const ownVariable = 'BENCH_SETUP';

/** The last lines that say something, as one. */
function endOfLog(log: string): string {
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    // npm's last word is where it keeps a log of its own.
    .filter((line) => line !== '' && !line.includes('A complete log of this run'));
  return lines.slice(-shownLines).join(' / ').slice(-500);
}
