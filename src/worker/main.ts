/** The load process. It does what the parent says and measures itself at the edges of each slice. */
import { readFileSync } from 'node:fs';
import { ClosedLoad } from './closed-load.ts';
import { Connector } from './connector.ts';
import { HttpTransport } from './http-transport.ts';
import { LatencyRecorder } from './latency.ts';
import type { FromWorker, ToWorker, WorkerTask } from './protocol.ts';
import { encodeRequest } from './request-bytes.ts';
import { Tally } from './tally.ts';

const say = (message: FromWorker): void => {
  process.send?.(message);
};

const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function configure(task: WorkerTask) {
  const tally = new Tally();
  const connector = new Connector(task, readFileSync(task.caFile, 'utf8'), tally);
  const transport = new HttpTransport(task, connector, tally);
  const [first, ...others] = task.requests;
  const encoded = others.map((spec) => encodeRequest(spec, task));
  const requests = [encodeRequest(first, task), ...encoded] as const;
  const load = new ClosedLoad(requests, task.connections, transport, tally);
  const latency = new LatencyRecorder();
  const ignore = (): void => {};

  return {
    slice(requests: number, measured: boolean): void {
      if (measured) connector.stopInspecting();
      const startedAt = performance.now();
      const cpuBefore = cpuUs();
      load.slice(requests, measured ? latency.record : ignore, () => {
        const cpu = cpuUs() - cpuBefore;
        const wallUs = (performance.now() - startedAt) * 1000;
        say({ kind: 'slice-done', wallUs, cpuUs: cpu, counts: tally.snapshot() });
      });
    },
    finish(): void {
      say({
        kind: 'finish-done',
        rssBytes: process.memoryUsage.rss(),
        latency: latency.encoded(),
        observed: tally.observed(),
        firstError: tally.firstError,
      });
      transport.close();
    },
    counts: () => tally.snapshot(),
  };
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
    else load.finish();
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
