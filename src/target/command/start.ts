import { rmSync } from 'node:fs';
import path from 'node:path';
import type { StartTarget } from '../../model/settings.ts';
import { LoggedProcess } from '../../process/logged.ts';
import { treeCpuUs } from '../../process/tree.ts';
import type { Serving } from '../protocol.ts';
import type { RunningTarget } from '../start.ts';
import { certificateFiles, startEnvironment, writeCertificate } from './environment.ts';
import { CpuMeter, meterVariable } from './meter.ts';
import { freePort, releasePort } from './port.ts';
import { type Probe, probedUrl, whyNotReady } from './ready.ts';

/** Where what belongs to the target is: its log, its certificate, the socket of its meter. */
export interface CommandPlace {
  /** What a relative folder of the matrix is relative to. */
  readonly cwd: string;
  readonly runFolder: string;
  /** Begins the name of each of its files. One target of this name runs at a time. */
  readonly name: string;
}

interface CommandStart {
  readonly name: string;
  readonly target: StartTarget;
  /** Address that its clients reach. */
  readonly host: string;
  readonly serving: Serving;
  readonly place: CommandPlace;
  readonly env: Readonly<Record<string, string>>;
  readonly core: number | null;
  readonly started: (stop: () => Promise<void>) => void;
}

/**
 * A server of the user's, by its command. The shell runs it, so that `$PORT`, `NAME=value` and `&&` mean what they
 * mean in a package.json; a single command takes the shell's place and its pid, and for any other the whole
 * tree is measured and ended.
 * @throws ChildFailure when it ends or does not answer in time.
 */
export async function startCommandTarget(start: CommandStart): Promise<RunningTarget> {
  const { name, target, host, serving, place, core } = start;
  // Told of each thing as soon as it is there: whatever fails, what was made before it goes.
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (let last = undo.pop(); last !== undefined; last = undo.pop()) await last();
  };
  start.started(stop);
  const port = await freePort(host);
  undo.push(() => releasePort(port));
  const certificate = certificateFiles(place.runFolder, place.name);
  undo.push(() => {
    for (const file of Object.values(certificate)) rmSync(file, { force: true });
  });
  writeCertificate(certificate, serving);
  const meter = await CpuMeter.open(place.runFolder, place.name);
  undo.push(() => meter.close());
  const server = new LoggedProcess({
    ...{ name, core, file: '/bin/sh', args: ['-c', target.start] },
    folder: path.resolve(place.cwd, target.folder),
    log: path.join(place.runFolder, `${place.name}.log`),
    env: startEnvironment({ env: start.env, port, serving, certificate, meter: meter.socket }),
    mark: `${meterVariable}=${meter.socket}`,
  });
  undo.push(() => server.stop());
  const probe = { host, port, path: target.ready.path, tls: serving.tls !== 'none' };
  await ready(server, probe, target.ready.withinMs);
  return {
    ...{ kind: 'start', pid: server.pid, core, host, port, stop },
    read: async () => {
      server.demandAlive();
      return { cpuUs: await meter.read(), counts: null, pending: 0 };
    },
    treeCpuUs: () => treeCpuUs(server.tree),
    finish: async () => {
      server.demandAlive();
      return { rssBytes: null, observed: null, counts: null };
    },
  };
}

async function ready(server: LoggedProcess, probe: Probe, withinMs: number): Promise<void> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), withinMs);
  let early: string | null = null;
  server.exited.then((how) => {
    early = how;
    over.abort();
  });
  const why = await whyNotReady(probe, over.signal);
  clearTimeout(timer);
  if (early !== null) {
    throw server.failure(
      `${early} before it answered ${probedUrl(probe)}. target.start must run until it is stopped`,
    );
  }
  if (why === null) return;
  const make = probe.tls ? 'listen on $PORT with TLS as $BENCH_TLS says' : 'listen on $PORT';
  throw server.failure(
    `did not answer ${probedUrl(probe)} within ${withinMs} ms: ${why}. Make it ${make}, or raise target.ready.within`,
  );
}
