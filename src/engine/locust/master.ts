import { Child, type Command } from '../../process/child.ts';
import { freePort, releasePort } from '../../target/command/port.ts';
import type { ToWorker } from '../../worker/protocol.ts';
import type { AnyClientStart } from '../engine.ts';
import { address, type LocustRun, masterArguments } from './arguments.ts';
import { startDeadlineMs } from './process.ts';
import type { FromMaster, LocustTask } from './task.ts';

export interface Master {
  readonly port: number;
  /** Lets it listen for its workers. */
  lead(run: LocustRun): Promise<void>;
  /** Resolves when it has given them all users. */
  spawned(): Promise<void>;
}

/** Spreads the users over the workers. It sends nothing itself, and runs where the kernel lets it, as bench does. */
export async function startMaster(
  { name, cores, started }: AnyClientStart,
  command: Pick<Command, 'file' | 'args' | 'env'>,
): Promise<Master> {
  const port = await freePort(address);
  const child = new Child<ToWorker<LocustTask>, FromMaster>({
    ...{ ...command, name: `master of ${name}`, core: null },
  });
  started(async () => {
    await child.stop();
    releasePort(port);
  });
  await child.ask(null, 'ready', startDeadlineMs);
  return {
    port,
    lead: async (run) => {
      const task: LocustTask = {
        ...{ kind: 'master', file: run.file, users: run.users },
        arguments: masterArguments(run, port, cores.length),
      };
      await child.ask({ kind: 'configure', load: 0, task }, 'listening', startDeadlineMs);
    },
    spawned: async () => {
      await child.ask(null, 'spawned', startDeadlineMs);
    },
  };
}
