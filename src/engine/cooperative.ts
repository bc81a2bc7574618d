import { fileURLToPath } from 'node:url';
import { noCounts, subtractCounts, sumCounts } from '../model/counts.ts';
import { type Dns, type Load, type Reuse, type Settings, usersOf } from '../model/settings.ts';
import { micros } from '../model/units.ts';
import { Child } from '../process/child.ts';
import type {
  FromWorker,
  LoadTask,
  LookupTask,
  ToWorker,
  TransportTask,
  WorkerTask,
} from '../worker/protocol.ts';
import type {
  AnyClientStart,
  ClientStart,
  Engine,
  RunningClient,
  SharedClientStart,
  Versions,
} from './engine.ts';

const entry = fileURLToPath(new URL('../worker/main.js', import.meta.url));
const startDeadlineMs = 15_000;
const finishDeadlineMs = 10_000;
const oldestNode = 16;

/** What is an engine's own where our workers do the rest. */
interface Cooperating extends Pick<Engine, 'name' | 'refuses'> {
  transport(start: AnyClientStart): TransportTask;
}

/** An engine of our own workers, one process each, which rest by themselves. */
export const cooperative = ({ name, refuses, transport }: Cooperating): Engine => ({
  name,
  refuses: (settings, versions) =>
    refusedNode(versions) ?? refusedTrust(settings) ?? refuses(settings, versions),
  start: (options) => start(options, transport(options)),
  startShared: (options) => startShared(options, transport(options)),
});

const refusedNode = ({ runtime }: Versions): string | null =>
  Number(runtime.split('.')[0]) < oldestNode
    ? `client.runtime: node@${runtime} (it needs Node ${oldestNode} or newer)`
    : null;

/** The certificate of a server that runs already is not signed by the run. */
const refusedTrust = ({ target, connection }: Settings): string | null =>
  target.kind === 'url' &&
  target.verify &&
  connection.tls !== 'none' &&
  connection.ca.kind === 'none'
    ? `connection.ca: none with TLS to ${target.url} (it trusts nobody then: write bundle, or { file: ca.pem } of who signed the certificate)`
    : null;

async function start(options: ClientStart, transport: TransportTask): Promise<RunningClient> {
  const { port: bound, resolver: asked } = options;
  const [port, resolver, workers] = await Promise.all([bound, asked, startWorkers(options)]);
  return aimed(workers, options, { transport, load: 0, port, resolver, isAlone: true });
}

async function startShared(
  options: SharedClientStart,
  transport: TransportTask,
): Promise<readonly [RunningClient, RunningClient]> {
  const starting = startWorkers(options);
  const aimOf = async (load: 0 | 1): Promise<Aim> => {
    const [port, resolver] = await Promise.all([options.ports[load], options.resolvers[load]]);
    return { transport, load, port, resolver, isAlone: false };
  };
  const [workers, first, second] = await Promise.all([starting, aimOf(0), aimOf(1)]);
  return [await aimed(workers, options, first), await aimed(workers, options, second)];
}

interface Worker {
  readonly child: Child<ToWorker, FromWorker>;
  readonly core: number | null;
}

async function startWorkers(options: AnyClientStart): Promise<readonly Worker[]> {
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

const stopped = async (workers: readonly Worker[]): Promise<void> => {
  await Promise.all(workers.map(({ child }) => child.stop()));
};

interface Aim {
  readonly transport: TransportTask;
  /** The number by which the workers know it. */
  readonly load: number;
  readonly port: number;
  readonly resolver: string | null;
  /** Whether the workers have no other. */
  readonly isAlone: boolean;
}

/** The workers as the client of one target: each carries a load of its own for it. */
async function aimed(
  workers: readonly Worker[],
  options: AnyClientStart,
  aim: Aim,
): Promise<RunningClient> {
  const { load, isAlone } = aim;
  const configured = workers.map(({ child }, worker) => {
    const task = taskOf(options, aim, { worker, of: workers.length });
    return child.ask({ kind: 'configure', load, task }, 'configured', startDeadlineMs);
  });
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
    window: async (window, measured, deadlineMs, edges) => {
      const question = { kind: 'window', load, ...window, measured } as const;
      const each = <T>(ask: (child: Worker['child']) => Promise<T>) =>
        Promise.all(workers.map(({ child }) => ask(child)));
      await each((child) => child.ask(question, 'window-open', deadlineMs));
      await edges.opened();
      const closed = await each((child) => child.ask(null, 'window-closed', deadlineMs));
      await edges.closed();
      const done = await each((child) => child.ask(null, 'slice-done', deadlineMs));
      return closed.map(({ wallUs, cpuUs, requests }, index) => {
        const counted = done[index]?.counts ?? noCounts;
        const counts = subtractCounts(counted, seen[index] ?? noCounts);
        seen[index] = counted;
        const { errors } = counts;
        return { wallUs: micros(wallUs), cpuUs: micros(cpuUs), requests, errors, counts };
      });
    },
    finish: () =>
      Promise.all(
        workers.map(async ({ child }) => {
          const done = await child.ask({ kind: 'finish', load }, 'finish-done', finishDeadlineMs);
          const { latency, observed, replayed, firstError } = done;
          const rssBytes = isAlone ? done.rssBytes : null;
          return { rssBytes, latency, observed, replayed, firstError, whole: null };
        }),
      ),
  };
}

/** Equal shares; what is left over goes to the first workers. */
const shareOf = (requests: number, workers: number, index: number): number =>
  Math.floor(requests / workers) + (index < requests % workers ? 1 : 0);

function taskOf(
  { settings, host, servername, caFile }: AnyClientStart,
  { port, resolver, transport }: Aim,
  share: Share,
): WorkerTask {
  const { scenario, client, connection, target } = settings;
  return {
    ...{ host, port, servername, caFile },
    verify: target.kind !== 'url' || target.verify,
    scenario,
    load: loadOf(scenario.load, share),
    transport,
    tls: connection.tls,
    perConnection: perConnectionOf(connection.reuse),
    session: connection.session,
    context: connection.context,
    dns: lookupTaskOf(connection.dns, resolver),
    requestTimeoutMs: client.requestTimeoutMs,
  };
}

function lookupTaskOf({ kind }: Dns, server: string | null): LookupTask {
  if (kind === 'literal') return { kind };
  if (server === null) throw new Error(`look-ups are ${kind}, and there is no resolver`);
  return { kind, server };
}

const perConnectionOf = (reuse: Reuse): number | null =>
  reuse.kind === 'keep-alive' ? null : reuse.kind === 'close' ? 1 : reuse.requests;

interface Share {
  readonly worker: number;
  readonly of: number;
}

/** Closed load is said per worker; users and rates are shared among them. */
function loadOf(load: Load, { worker, of }: Share): LoadTask {
  switch (load.model) {
    case 'closed':
      return load;
    case 'constant-throughput': {
      const users = shareOf(usersOf(load), of, worker);
      return { model: load.model, users, periodMs: 1000 / load.perUser };
    }
    case 'open': {
      const { model, arrivals, rate } = load;
      // The same arrivals in both arms and in all launches.
      return { model, arrivals, gapMs: (1000 * of) / rate, seed: 0x9e3779b1 * (worker + 1) };
    }
  }
}
