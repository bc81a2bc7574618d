import { fileURLToPath } from 'node:url';
import { noCounts, subtractCounts, sumCounts } from '../model/counts.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Settings } from '../model/settings.ts';
import { micros } from '../model/units.ts';
import { Child } from '../process/child.ts';
import type { FromWorker, ToWorker, WorkerTask } from '../worker/protocol.ts';
import type {
  AnyClientStart,
  ClientStart,
  Engine,
  RunningClient,
  SharedClientStart,
} from './engine.ts';

const entry = fileURLToPath(new URL('../worker/main.js', import.meta.url));
const startDeadlineMs = 15_000;
const finishDeadlineMs = 10_000;
const oldestNode = 16;

/** HTTP/1.1 on the sockets and the TLS of the runtime under test, one process per worker. */
export const httpEngine: Engine = {
  name: 'http',
  refuses,
  start,
  startShared,
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
  const [port, workers] = await Promise.all([options.port, startWorkers(options)]);
  return aimed(workers, options, { load: 0, port, isAlone: true });
}

async function startShared(
  options: SharedClientStart,
): Promise<readonly [RunningClient, RunningClient]> {
  const [workers, ...ports] = await Promise.all([startWorkers(options), ...options.ports]);
  const first = await aimed(workers, options, { load: 0, port: ports[0], isAlone: false });
  const second = await aimed(workers, options, { load: 1, port: ports[1], isAlone: false });
  return [first, second];
}

interface HttpWorker {
  readonly child: Child<ToWorker, FromWorker>;
  readonly core: number | null;
}

async function startWorkers(options: AnyClientStart): Promise<readonly HttpWorker[]> {
  const { name, runtime, env, cores } = options;
  const workers = cores.map((core, worker) => {
    const child = new Child<ToWorker, FromWorker>({
      name: `${name} worker ${worker}`,
      file: runtime,
      args: [entry],
      // For preloads and wrappers that treat one worker apart.
      env: { ...env, BENCH_WORKER: String(worker) },
      core,
    });
    return { child, core };
  });
  options.started(() => stopped(workers));
  await Promise.all(workers.map(({ child }) => child.ask(null, 'ready', startDeadlineMs)));
  return workers;
}

const stopped = async (workers: readonly HttpWorker[]): Promise<void> => {
  await Promise.all(workers.map(({ child }) => child.stop()));
};

/** The workers as the client of one target: each carries a load of its own for it. */
async function aimed(
  workers: readonly HttpWorker[],
  options: AnyClientStart,
  aim: { readonly load: number; readonly port: number; readonly isAlone: boolean },
): Promise<RunningClient> {
  const { load, isAlone } = aim;
  const task = taskOf(options, aim.port);
  const configured = workers.map(({ child }) =>
    child.ask({ kind: 'configure', load, task }, 'configured', startDeadlineMs),
  );
  const seen = (await Promise.all(configured)).map(({ counts }) => counts);

  return {
    kind: 'cooperative',
    workers: workers.map(({ child, core }) => ({ pid: child.pid, core })),
    counts: () => sumCounts(seen),
    slice: (requests, measured, deadlineMs) =>
      Promise.all(
        workers.map(async ({ child }, index) => {
          const share = shareOf(requests, workers.length, index);
          const question = { kind: 'slice', load, requests: share, measured } as const;
          const done = await child.ask(question, 'slice-done', deadlineMs);
          const counts = subtractCounts(done.counts, seen[index] ?? noCounts);
          seen[index] = done.counts;
          return { wallUs: micros(done.wallUs), cpuUs: micros(done.cpuUs), counts };
        }),
      ),
    finish: () =>
      Promise.all(
        workers.map(async ({ child }) => {
          const done = await child.ask({ kind: 'finish', load }, 'finish-done', finishDeadlineMs);
          const { latency, observed, firstError } = done;
          const rssBytes = isAlone ? done.rssBytes : null;
          return { rssBytes, latency, observed, firstError, whole: null };
        }),
      ),
    stop: () => stopped(workers),
  };
}

/** Equal shares; what is left over goes to the first workers. */
const shareOf = (requests: number, workers: number, index: number): number =>
  Math.floor(requests / workers) + (index < requests % workers ? 1 : 0);

function taskOf({ settings, host, servername, caFile }: AnyClientStart, port: number): WorkerTask {
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
