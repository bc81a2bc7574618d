import type { ClientStart, Engine, RunningClient } from '../engine/engine.ts';
import type { Settings } from '../model/settings.ts';
import { type Certificates, servername } from '../target/certificates.ts';
import { type CommandPlace, startCommandTarget } from '../target/command/start.ts';
import { loopback, type RunningTarget, startBuiltinTarget } from '../target/start.ts';
import { settled } from './settled.ts';

/** Fresh processes of one arm: its target, and the client that is pointed at it. */
export interface RunningArm {
  readonly target: RunningTarget;
  readonly client: RunningClient;
}

export interface ArmStart {
  /** `baseline v1`, for messages. */
  readonly name: string;
  readonly settings: Settings;
  readonly engine: Engine;
  readonly runtime: string;
  readonly program: string;
  readonly certificates: Certificates;
  readonly caFile: string;
  /** Of a target that is started by a command. */
  readonly place: CommandPlace;
  readonly targetEnv: Readonly<Record<string, string>>;
  readonly clientEnv: Readonly<Record<string, string>>;
  readonly cores: { readonly workers: ClientStart['cores']; readonly target: number | null };
  readonly started: (stop: () => Promise<void>) => void;
}

/** Both ends at the same time: the client's process starts while the target is not serving yet. */
export async function startArm(start: ArmStart): Promise<RunningArm> {
  const { settings, cores, started } = start;
  const serving = startTarget(start);
  const loading = start.engine.start({
    name: `client of ${start.name}`,
    settings,
    runtime: start.runtime,
    program: start.program,
    host: loopback,
    port: serving.then(({ port }) => port),
    served: async () => (await (await serving).read()).counts?.requests ?? 0,
    servername,
    caFile: start.caFile,
    env: start.clientEnv,
    cores: cores.workers,
    started,
  });
  const [target, client] = await settled<[RunningTarget, RunningClient]>([serving, loading]);
  return { target, client };
}

function startTarget({ name, settings, cores, ...start }: ArmStart): Promise<RunningTarget> {
  const { target, connection } = settings;
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
    return startCommandTarget({ ...shared, serving, target, place: start.place });
  const { bodyBytes, delayMs } = target;
  return startBuiltinTarget({
    ...shared,
    task: { host: loopback, ...serving, bodyBytes, delayMs },
  });
}
