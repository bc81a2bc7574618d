import { fileURLToPath } from 'node:url';
import type { Resolved } from '../../model/counts.ts';
import { Child } from '../../process/child.ts';
import type { FromResolver, ResolverTask, ToResolver } from './protocol.ts';

/** What the target is called where it is looked up: RFC 6761 keeps `.test` out of the real DNS. */
export const resolvedName = 'target.bench.test';
const entry = fileURLToPath(new URL('./main.js', import.meta.url));
const startDeadlineMs = 10_000;
const readDeadlineMs = 10_000;

export interface RunningResolver {
  readonly pid: number;
  readonly core: number | null;
  readonly port: number;
  /** Since it began. */
  read(): Promise<Resolved>;
}

export interface ResolverStart {
  readonly name: string;
  readonly task: ResolverTask;
  readonly env: Readonly<Record<string, string>>;
  readonly core: number | null;
  /** Is told of the process as soon as it exists, so that it is stopped even if it never gets ready. */
  readonly started: (stop: () => Promise<void>) => void;
}

/** @throws BenchFailure when it does not answer within the deadline. */
export async function startResolver(start: ResolverStart): Promise<RunningResolver> {
  const { name, task, env, core } = start;
  const child = new Child<ToResolver, FromResolver>({
    ...{ name, env, core },
    file: process.execPath,
    args: [entry],
  });
  start.started(() => child.stop());
  await child.ask(null, 'ready', startDeadlineMs);
  const { port } = await child.ask({ kind: 'answer', task }, 'answering', startDeadlineMs);
  return {
    ...{ pid: child.pid, core, port },
    read: async () => {
      const { queries, cpuUs } = await child.ask({ kind: 'read' }, 'reading', readDeadlineMs);
      return { queries, cpuUs };
    },
  };
}
