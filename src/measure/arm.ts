import type { Crew } from '../engine/crew.ts';
import type { AnyClientStart, Engine, RunningClient } from '../engine/engine.ts';
import type { Settings } from '../model/settings.ts';
import { type Certificates, servername } from '../target/certificates.ts';
import { type CommandPlace, startCommandTarget } from '../target/command/start.ts';
import { type RunningRelay, startRelay } from '../target/relay/start.ts';
import { type RunningResolver, resolvedName, startResolver } from '../target/resolver/start.ts';
import { addressFor, loopback, type RunningTarget, startBuiltinTarget } from '../target/start.ts';
import type { Endpoint } from '../target/url/locate.ts';
import { startUrlTarget } from '../target/url/start.ts';
import { settled } from './settled.ts';

/** Fresh processes of one arm: its target, what its name is looked up at, and the client that is pointed at them. */
export interface RunningArm {
  /** `baseline v1, tls=none`, for messages. */
  readonly name: string;
  readonly target: RunningTarget;
  /** Between client and target; null where nothing is to be proven by it. */
  readonly relay: RunningRelay | null;
  readonly client: RunningClient;
  /** Null where addresses are literal. */
  readonly resolver: RunningResolver | null;
}

export interface ArmStart {
  /** `baseline v1`, for messages. */
  readonly name: string;
  readonly settings: Settings;
  readonly declared: Settings;
  readonly clientPlace: AnyClientStart['place'];
  readonly engine: Engine;
  /** Null where we start the workers ourselves. */
  readonly crew: Crew | null;
  readonly runtime: string;
  readonly program: string;
  readonly certificates: Certificates;
  readonly caFile: string;
  /** Of a target that is started by a command. */
  readonly place: CommandPlace;
  /** Of a target that runs already; null of any other. */
  readonly endpoint: Endpoint | null;
  /** Whether a relay stands between client and target. */
  readonly relayed: boolean;
  readonly targetEnv: Readonly<Record<string, string>>;
  /** Of resolver and relay. */
  readonly ownEnv: Readonly<Record<string, string>>;
  readonly clientEnv: Readonly<Record<string, string>>;
  readonly cores: { readonly workers: AnyClientStart['cores']; readonly target: number | null };
  readonly started: (stop: () => Promise<void>) => void;
}

/** All at the same time: the client's process starts while the target is not serving yet. */
export async function startArm(start: ArmStart): Promise<RunningArm> {
  const serving = startTarget(start);
  const relaying = startRelayOf(start, serving);
  const resolving = startResolverOf(start);
  const client = start.crew ?? start.engine;
  const loading: Promise<RunningClient> = client.start({
    ...clientStart(start, `client of ${start.name}`),
    port: portOf(serving, relaying),
    resolver: addressOf(resolving),
    served:
      start.settings.target.kind === 'builtin'
        ? async () => (await (await serving).read()).counts?.requests ?? 0
        : null,
  });
  const [target, relay, running, resolver] = await settled([serving, relaying, loading, resolving]);
  return { name: start.name, target, relay, client: running, resolver };
}

/** A target and a resolver each, and one client that sends to them in turn. @param starts differ in the target only */
export async function startArmsSharing(
  starts: readonly [ArmStart, ArmStart],
): Promise<readonly [RunningArm, RunningArm]> {
  const [first] = starts;
  if (first.engine.startShared === null)
    throw new Error(`engine ${first.engine.name} was told to share a client`);
  const serving = [startTarget(starts[0]), startTarget(starts[1])] as const;
  const relaying = [
    startRelayOf(starts[0], serving[0]),
    startRelayOf(starts[1], serving[1]),
  ] as const;
  const resolving = [startResolverOf(starts[0]), startResolverOf(starts[1])] as const;
  const loading = first.engine.startShared({
    ...clientStart(first, `client of ${starts.map(({ name }) => name).join(' and ')}`),
    ports: [portOf(serving[0], relaying[0]), portOf(serving[1], relaying[1])],
    resolvers: [addressOf(resolving[0]), addressOf(resolving[1])],
  });
  const [clients, targets, relays, resolvers] = await settled([
    loading,
    settled([...serving]),
    settled([...relaying]),
    settled([...resolving]),
  ]);
  const arm = (at: 0 | 1): RunningArm => ({
    ...{ name: starts[at].name, target: targets[at], relay: relays[at] },
    ...{ client: clients[at], resolver: resolvers[at] },
  });
  return [arm(0), arm(1)];
}

const portOf = async (
  serving: Promise<RunningTarget>,
  relaying: Promise<RunningRelay | null>,
): Promise<number> => ((await relaying) ?? (await serving)).port;

const addressOf = async (resolving: Promise<RunningResolver | null>): Promise<string | null> => {
  const resolver = await resolving;
  return resolver === null ? null : `${loopback}:${resolver.port}`;
};

const clientStart = (start: ArmStart, name: string): AnyClientStart => ({
  name,
  settings: start.settings,
  declared: start.declared,
  place: start.clientPlace,
  runtime: start.runtime,
  program: start.program,
  host: start.settings.connection.dns.kind === 'literal' ? connectedTo(start) : resolvedName,
  servername: servernameOf(start),
  caFile: start.caFile,
  env: start.clientEnv,
  cores: start.cores.workers,
  started: start.started,
});

/** What a client connects to: whoever stands nearest to it. */
const connectedTo = ({ settings, relayed, endpoint }: ArmStart): string =>
  relayed ? addressFor(settings) : (endpoint?.address ?? addressFor(settings));

const servernameOf = ({ settings: { target }, endpoint }: ArmStart): string =>
  target.kind === 'url' ? (target.servername ?? endpoint?.host ?? servername) : servername;

/** On the target's core, as the resolver is. */
async function startRelayOf(
  start: ArmStart,
  serving: Promise<RunningTarget>,
): Promise<RunningRelay | null> {
  if (!start.relayed) return null;
  const { host, port } = await serving;
  return startRelay({
    name: `relay of ${start.name}`,
    task: { address: addressFor(start.settings), to: { host, port } },
    env: start.ownEnv,
    core: start.cores.target,
    started: start.started,
  });
}

/** On the target's core: what it costs is no client's. */
async function startResolverOf(start: ArmStart): Promise<RunningResolver | null> {
  const { dns } = start.settings.connection;
  if (dns.kind === 'literal') return null;
  return startResolver({
    name: `resolver of ${start.name}`,
    task: {
      ...{ listen: loopback, name: resolvedName },
      ...{ address: connectedTo(start), delayMs: dns.delayMs },
    },
    env: start.ownEnv,
    core: start.cores.target,
    started: start.started,
  });
}

function startTarget({ name, settings, cores, ...start }: ArmStart): Promise<RunningTarget> {
  const { target, connection } = settings;
  if (target.kind === 'url') {
    const { endpoint, caFile } = start;
    if (endpoint === null) throw new Error(`nobody looked up where ${target.url} is`);
    return startUrlTarget({ name: `target of ${name}`, target, endpoint, settings, caFile });
  }
  const host = addressFor(settings);
  const shared = {
    name: `target of ${name}`,
    env: start.targetEnv,
    core: cores.target,
    started: start.started,
  };
  const serving =
    connection.tls === 'none'
      ? ({ tls: 'none', certificate: null } as const)
      : { tls: connection.tls, certificate: start.certificates.leaf };
  if (target.kind === 'start')
    return startCommandTarget({ ...shared, serving, target, host, place: start.place });
  const { bodyBytes, delayMs } = target;
  return startBuiltinTarget({
    ...shared,
    task: { host, ...serving, bodyBytes, delayMs },
  });
}
