/** The load process. It does what the parent says and measures itself at the edges of each slice. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Arrivals, exponentialGaps, Timetable, Users } from './arrivals.ts';
import { ClosedLoad } from './closed-load.ts';
import { Connector } from './connector.ts';
import { HttpTransport } from './http-transport.ts';
import { LatencyRecorder } from './latency.ts';
import { LoadFailure } from './load-failure.ts';
import { PacedLoad, type Window } from './paced-load.ts';
import type { FromWorker, LoadTask, ToWorker, WorkerTask } from './protocol.ts';
import { replayOf } from './replay.ts';
import { encodeRequest } from './request-bytes.ts';
import { Sockets } from './sockets.ts';
import { Tally } from './tally.ts';
import type { Transport } from './transport.ts';
import type { Undici } from './undici.ts';
import { UndiciTransport } from './undici-transport.ts';

const say = (message: FromWorker): void => {
  process.send?.(message);
};

/** Null where no descriptor is left to read it with. */
function residentBytes(): number | null {
  try {
    return process.memoryUsage.rss();
  } catch {
    return null;
  }
}

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function configure(task: WorkerTask) {
  const [first, ...others] = task.scenario.requests;
  const tally = new Tally(1 + others.length);
  const sockets = new Sockets(tally);
  const transport = transportOf(task, sockets, tally);
  const encoded = others.map((spec, place) => encodeRequest(spec, task, place + 1));
  const { load } = task;
  const replay = replayOf(task.scenario, [encodeRequest(first, task, 0), ...encoded], load.model);
  const closed =
    load.model === 'closed' ? new ClosedLoad(replay, load.connections, transport, tally) : null;
  const paced =
    load.model === 'closed' ? null : new PacedLoad(replay, arrivalsOf(load), transport, tally);
  const latency = new LatencyRecorder();
  const ignore = (): void => {};

  return {
    slice(requests: number, measured: boolean): void {
      if (closed === null) throw new Error('paced load is given windows');
      if (measured) sockets.stopInspecting();
      const startedAt = performance.now();
      const cpuBefore = cpuUs();
      closed.slice(requests, measured ? latency.record : ignore, () => {
        const cpu = cpuUs() - cpuBefore;
        const wallUs = (performance.now() - startedAt) * 1000;
        say({ kind: 'slice-done', wallUs, cpuUs: cpu, counts: tally.snapshot() });
      });
    },
    window(window: Window, measured: boolean): void {
      if (paced === null) throw new Error('closed load is given slices');
      if (measured) sockets.stopInspecting();
      let startedAt = 0;
      let cpuBefore = 0;
      const spent = () => ({
        wallUs: (performance.now() - startedAt) * 1000,
        cpuUs: cpuUs() - cpuBefore,
      });
      paced.window(window, {
        record: measured ? latency.record : ignore,
        opened: () => {
          say({ kind: 'window-open' });
          startedAt = performance.now();
          cpuBefore = cpuUs();
        },
        closed: (requests) => say({ kind: 'window-closed', ...spent(), requests }),
        settled: () => say({ kind: 'slice-done', ...spent(), counts: tally.snapshot() }),
      });
    },
    finish(): void {
      say({
        kind: 'finish-done',
        rssBytes: residentBytes(),
        latency: latency.recorded(),
        observed: tally.observed(),
        replayed: tally.replayed(),
        firstError: tally.firstError,
        claimedCpu: [],
      });
      transport.close();
    },
    counts: () => tally.snapshot(),
  };
}

function transportOf(task: WorkerTask, sockets: Sockets, tally: Tally): Transport {
  const ca = readFileSync(task.caFile, 'utf8');
  switch (task.transport.kind) {
    case 'http':
      return new HttpTransport(task, new Connector(task, ca, sockets, tally), sockets, tally);
    case 'undici': {
      const undici = createRequire(import.meta.url)(task.transport.module) as Undici;
      return new UndiciTransport(undici, task, ca, sockets, tally);
    }
  }
}

function arrivalsOf(load: Exclude<LoadTask, { model: 'closed' }>): Arrivals {
  if (load.model === 'constant-throughput') return new Users(load.users, load.periodMs);
  const { gapMs, arrivals, seed } = load;
  return new Timetable(arrivals === 'constant' ? () => gapMs : exponentialGaps(gapMs, seed));
}

/** One line for whoever reads the report; where it is a defect, its stack too. */
function failed(error: unknown): void {
  if (error instanceof Error && !(error instanceof LoadFailure))
    process.stderr.write(`${error.stack ?? error.message}\n`);
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}

const loads = new Map<number, ReturnType<typeof configure>>();

process.on('message', (message: ToWorker) => {
  try {
    const load = loads.get(message.load);
    if (message.kind === 'configure') {
      const configured = configure(message.task);
      loads.set(message.load, configured);
      say({ kind: 'configured', counts: configured.counts() });
    } else if (load === undefined) throw new Error(`"${message.kind}" before "configure"`);
    else if (message.kind === 'slice') load.slice(message.requests, message.measured);
    else if (message.kind === 'window') load.window(message, message.measured);
    else load.finish();
  } catch (error) {
    failed(error);
  }
});
// What a timer or a socket calls back throws here, and is said in the same way.
process.on('uncaughtException', failed);
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
