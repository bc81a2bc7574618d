import type { Crew } from '../engine/crew.ts';
import type { AnyClientStart, Engine, RunningClient } from '../engine/engine.ts';
import type { Settings } from '../model/settings.ts';
import { type Certificates, servername } from '../target/certificates.ts';
import { type CommandPlace, startCommandTarget } from '../target/command/start.ts';
import { type RunningResolver, resolvedName, startResolver } from '../target/resolver/start.ts';
import { addressFor, loopback, type RunningTarget, startBuiltinTarget } from '../target/start.ts';
import { settled } from './settled.ts';

/** Fresh processes of one arm: its target, what its name is looked up at, and the client that is pointed at them. */
export interface RunningArm {
  readonly target: RunningTarget;
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
  readonly targetEnv: Readonly<Record<string, string>>;
  readonly resolverEnv: Readonly<Record<string, string>>;
  readonly clientEnv: Readonly<Record<string, string>>;
  readonly cores: { readonly workers: AnyClientStart['cores']; readonly target: number | null };
  readonly started: (stop: () => Promise<void>) => void;
}

/** All at the same time: the client's process starts while the target is not serving yet. */
export async function startArm(start: ArmStart): Promise<RunningArm> {
  const serving = startTarget(start);
  const resolving = startResolverOf(start);
  const client = start.crew ?? start.engine;
  const loading: Promise<RunningClient> = client.start({
    ...clientStart(start, `client of ${start.name}`),
    port: portOf(serving),
    resolver: addressOf(resolving),
    served:
      start.settings.target.kind === 'builtin'
        ? async () => (await (await serving).read()).counts?.requests ?? 0
        : null,
  });
  const [target, running, resolver] = await settled([serving, loading, resolving]);
  return { target, client: running, resolver };
}

/** A target and a resolver each, and one client that sends to them in turn. @param starts differ in the target only */
export async function startArmsSharing(
  starts: readonly [ArmStart, ArmStart],
): Promise<readonly [RunningArm, RunningArm]> {
  const [first] = starts;
  if (first.engine.startShared === null)
    throw new Error(`engine ${first.engine.name} was told to share a client`);
  const serving = [startTarget(starts[0]), startTarget(starts[1])] as const;
  const resolving = [startResolverOf(starts[0]), startResolverOf(starts[1])] as const;
  const loading = first.engine.startShared({
    ...clientStart(first, `client of ${starts.map(({ name }) => name).join(' and ')}`),
    ports: [portOf(serving[0]), portOf(serving[1])],
    resolvers: [addressOf(resolving[0]), addressOf(resolving[1])],
  });
  const [clients, targets, resolvers] = await settled([
    loading,
    settled([...serving]),
    settled([...resolving]),
  ]);
  return [
    { target: targets[0], client: clients[0], resolver: resolvers[0] },
    { target: targets[1], client: clients[1], resolver: resolvers[1] },
  ];
}

const portOf = async (serving: Promise<RunningTarget>): Promise<number> => (await serving).port;

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
  host:
    start.settings.connection.dns.kind === 'literal' ? addressFor(start.settings) : resolvedName,
  servername,
  caFile: start.caFile,
  env: start.clientEnv,
  cores: start.cores.workers,
  started: start.started,
});

/** On the target's core: what it costs is no client's. */
async function startResolverOf(start: ArmStart): Promise<RunningResolver | null> {
  const { dns } = start.settings.connection;
  if (dns.kind === 'literal') return null;
  return startResolver({
    name: `resolver of ${start.name}`,
    task: { address: loopback, name: resolvedName, delayMs: dns.delayMs },
    env: start.resolverEnv,
    core: start.cores.target,
    started: start.started,
  });
}

function startTarget({ name, settings, cores, ...start }: ArmStart): Promise<RunningTarget> {
  const { target, connection } = settings;
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
