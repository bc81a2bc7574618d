import { spawn } from 'node:child_process';
import { BenchFailure } from '../../model/failure.ts';
import { endingOf } from '../../process/ending.ts';

const tailLength = 2_000;

/**
 * Runs the command that restarts the workers, and waits for its end. What it leaves running is its own business.
 * @throws BenchFailure where it fails or takes longer than the workers are waited for.
 */
export async function runRestart(
  command: string,
  {
    name,
    env,
    withinMs,
  }: {
    readonly name: string;
    readonly env: Readonly<Record<string, string>>;
    readonly withinMs: number;
  },
): Promise<void> {
  const shell = spawn('/bin/sh', ['-c', command], {
    env: { ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    timeout: withinMs,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-tailLength);
  });
  // Not `close`: what it started may keep its standard error for ever.
  const how = await endingOf(shell, 'exit');
  shell.stderr.destroy();
  if (how === 'exited with code 0') return;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  throw new BenchFailure(
    'unmeasurable',
    `${name}: client.workers.restart ${how}${said === '' ? '' : `: ${said}`}. Make it start all workers and end with code 0.`,
  );
}
