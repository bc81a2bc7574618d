import { fileURLToPath } from 'node:url';
import { noCounts, subtractCounts, sumCounts } from '../model/counts.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Settings } from '../model/settings.ts';
import { micros } from '../model/units.ts';
import { Child } from '../process/child.ts';
import type { FromWorker, ToWorker, WorkerTask } from '../worker/protocol.ts';
import type { ClientStart, Engine, RunningClient } from './engine.ts';

const entry = fileURLToPath(new URL('../worker/main.js', import.meta.url));
const startDeadlineMs = 15_000;
const finishDeadlineMs = 10_000;
const oldestNode = 16;

/** HTTP/1.1 on the sockets and the TLS of the runtime under test, one process per worker. */
export const httpEngine: Engine = {
  name: 'http',
  refuses,
  start,
};

function refuses(settings: Settings, runtimeVersion: string): string | null {
  const { load } = settings.scenario;
  const { reuse } = settings.connection;
  if (load.model !== 'closed') return `scenario.load.model: ${load.model} (it honours: closed)`;
  if (reuse.kind === 'every') {
    return `connection.reuse: every ${reuse.requests} (it honours: keep-alive, close)`;
  }
  if (Number(runtimeVersion.split('.')[0]) < oldestNode) {
    return `client.runtime: node@${runtimeVersion} (it needs Node ${oldestNode} or newer)`;
  }
  return null;
}

async function start(options: ClientStart): Promise<RunningClient> {
  const { name, runtime, env, cores } = options;
  const children = cores.map(
    (core, worker) =>
      new Child<ToWorker, FromWorker>({
        name: `${name} worker ${worker}`,
        file: runtime,
        args: [entry],
        // For preloads and wrappers that treat one worker apart.
        env: { ...env, BENCH_WORKER: String(worker) },
        core,
      }),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
  };
  options.started(stop);
  const workers = await Promise.all(
    children.map(async (child, index) => {
      const [port] = await Promise.all([options.port, child.ask(null, 'ready', startDeadlineMs)]);
      const task = taskOf(options, port);
      const { counts } = await child.ask(
        { kind: 'configure', task },
        'configured',
        startDeadlineMs,
      );
      return { child, core: cores[index] ?? null, counts };
    }),
  );

  return {
    kind: 'cooperative',
    workers: workers.map(({ child, core }) => ({ pid: child.pid, core })),
    counts: () => sumCounts(workers.map(({ counts }) => counts)),
    slice: (requests, measured, deadlineMs) =>
      Promise.all(
        workers.map(async (worker, index) => {
          const share = shareOf(requests, workers.length, index);
          const question = { kind: 'slice', requests: share, measured } as const;
          const done = await worker.child.ask(question, 'slice-done', deadlineMs);
          const counts = subtractCounts(done.counts, worker.counts ?? noCounts);
          worker.counts = done.counts;
          return { wallUs: micros(done.wallUs), cpuUs: micros(done.cpuUs), counts };
        }),
      ),
    finish: () =>
      Promise.all(
        workers.map(async ({ child }) => {
          const done = await child.ask({ kind: 'finish' }, 'finish-done', finishDeadlineMs);
          const { rssBytes, latency, observed, firstError } = done;
          return { rssBytes, latency, observed, firstError, whole: null };
        }),
      ),
    stop,
  };
}

/** Equal shares; what is left over goes to the first workers. */
const shareOf = (requests: number, workers: number, index: number): number =>
  Math.floor(requests / workers) + (index < requests % workers ? 1 : 0);

function taskOf({ settings, host, servername, caFile }: ClientStart, port: number): WorkerTask {
  const { scenario, client, connection } = settings;
  if (scenario.load.model !== 'closed' || connection.reuse.kind === 'every') {
    throw new BenchFailure(
      'configuration',
      'engine http was started with settings that it refuses',
    );
  }
  return {
    ...{ host, port, servername, caFile },
    requests: scenario.requests,
    connections: scenario.load.connections,
    tls: connection.tls,
    reuse: connection.reuse.kind,
    session: connection.session,
    context: connection.context,
    requestTimeoutMs: client.requestTimeoutMs,
  };
}
