import { exitCodes } from '../model/failure.ts';

/** Aborted by the first signal that asks the process to stop; the second one does not wait. */
export function interruptionOf(host: NodeJS.Process): AbortSignal {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    host.on(signal, () => {
      // The watchdog cleans up.
      if (interruption.signal.aborted) host.exit(exitCodes.interrupted);
      interruption.abort();
      host.stderr.write('\nstopping after this slice; once more to stop at once\n');
    });
  }
  return interruption.signal;
}
