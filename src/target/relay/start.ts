import { fileURLToPath } from 'node:url';
import { Child } from '../../process/child.ts';
import type { FromRelay, RelayReading, RelayTask, ToRelay } from './protocol.ts';

const entry = fileURLToPath(new URL('./main.js', import.meta.url));
const startDeadlineMs = 10_000;
const readDeadlineMs = 10_000;

export interface RunningRelay {
  readonly port: number;
  read(): Promise<RelayReading>;
}

export interface RelayStart {
  readonly name: string;
  readonly task: RelayTask;
  readonly env: Readonly<Record<string, string>>;
  readonly core: number | null;
  /** Is told of the process as soon as it exists, so that it is stopped even if it never gets ready. */
  readonly started: (stop: () => Promise<void>) => void;
}

/** @throws ChildFailure when it does not listen within the deadline. */
export async function startRelay(start: RelayStart): Promise<RunningRelay> {
  const { name, task, env, core } = start;
  const child = new Child<ToRelay, FromRelay>({
    ...{ name, env, core },
    file: process.execPath,
    args: [entry],
  });
  start.started(() => child.stop());
  await child.ask(null, 'ready', startDeadlineMs);
  const { port } = await child.ask({ kind: 'relay', task }, 'relaying', startDeadlineMs);
  return { port, read: () => child.ask({ kind: 'read' }, 'reading', readDeadlineMs) };
}
