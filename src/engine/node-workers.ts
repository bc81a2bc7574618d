import { fileURLToPath } from 'node:url';
import { type Dns, type Load, perConnectionOf, usersOf } from '../model/settings.ts';
import type { LoadTask, LookupTask, TransportTask, WorkerTask } from '../worker/protocol.ts';
import { type CooperativeWorker, cooperativeClient, shareOf, startWorkers } from './cooperative.ts';
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
const oldestNode = 16;

/** What is an engine's own where our workers do the rest. */
interface OwnPart extends Pick<Engine, 'name' | 'refuses'> {
  transport(start: AnyClientStart): TransportTask;
}

/** An engine of our own workers, one Node process each, which rest by themselves. */
export const nodeWorkers = ({ name, refuses, transport }: OwnPart): Engine => ({
  name,
  refuses: (settings, versions) => refusedNode(versions) ?? refuses(settings, versions),
  start: (options) => start(options, transport(options)),
  startShared: (options) => startShared(options, transport(options)),
  startCrew: null,
});

const refusedNode = ({ runtime }: Versions): string | null =>
  Number(runtime.split('.')[0]) < oldestNode
    ? `client.runtime: node@${runtime} (it needs Node ${oldestNode} or newer)`
    : null;

const startNodes = (options: AnyClientStart) =>
  startWorkers<WorkerTask>(
    options,
    () => ({ file: options.runtime, args: [entry], env: options.env }),
    startDeadlineMs,
  );

async function start(options: ClientStart, transport: TransportTask): Promise<RunningClient> {
  const { port: bound, resolver: asked } = options;
  const [port, resolver, workers] = await Promise.all([bound, asked, startNodes(options)]);
  return aimed(workers, options, { transport, load: 0, port, resolver, isAlone: true });
}

async function startShared(
  options: SharedClientStart,
  transport: TransportTask,
): Promise<readonly [RunningClient, RunningClient]> {
  const starting = startNodes(options);
  const aimOf = async (load: 0 | 1): Promise<Aim> => {
    const [port, resolver] = await Promise.all([options.ports[load], options.resolvers[load]]);
    return { transport, load, port, resolver, isAlone: false };
  };
  const [workers, first, second] = await Promise.all([starting, aimOf(0), aimOf(1)]);
  return [await aimed(workers, options, first), await aimed(workers, options, second)];
}

interface Aim {
  readonly transport: TransportTask;
  readonly load: number;
  readonly port: number;
  readonly resolver: string | null;
  readonly isAlone: boolean;
}

/** The workers as the client of one target: each carries a load of its own for it. */
async function aimed(
  workers: readonly CooperativeWorker<WorkerTask>[],
  options: AnyClientStart,
  aim: Aim,
): Promise<RunningClient> {
  const { load, isAlone } = aim;
  const configured = workers.map(({ child }, worker) => {
    const task = taskOf(options, aim, { worker, of: workers.length });
    return child.ask({ kind: 'configure', load, task }, 'configured', startDeadlineMs);
  });
  const counts = (await Promise.all(configured)).map(({ counts }) => counts);
  return cooperativeClient(workers, { load, isAlone, counts });
}

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
