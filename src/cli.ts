#!/usr/bin/env node
import { run } from './commands/cli.ts';
import { hostWorld } from './commands/host-world.ts';
import { exitCodes } from './model/failure.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second one does not wait: the watchdog cleans up.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
    process.stderr.write('\nstopping after this slice; once more to stop at once\n');
  });
}

process.exitCode = await run(
  process.argv.slice(2),
  hostWorld(process, process, interruption.signal),
);
