import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts the watchdog before the first child of a run. It holds nothing open: when this process ends,
 * even by SIGKILL, the kernel closes the pipe, and that is the signal.
 */
export async function startWatchdog(
  mark: string,
): Promise<{ readonly pid: number; release(): void }> {
  const entry = fileURLToPath(new URL('./watchdog/main.js', import.meta.url));
  const watchdog = spawn(process.execPath, [entry, mark], {
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(watchdog, 'spawn');
  watchdog.unref();
  const { stdin } = watchdog;
  // unref: neither the process nor its pipe keeps our event loop alive.
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  stdin.on('error', () => {});
  return { pid: watchdog.pid ?? -1, release: () => stdin.end() };
}
