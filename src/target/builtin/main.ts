/** The built-in target's own process: serves, counts, and reports its CPU when asked. */
import type { AddressInfo } from 'node:net';
import type { FromTarget, TargetTask, ToTarget } from '../protocol.ts';
import { TargetCounters } from './counters.ts';
import { createServer } from './server.ts';

const say = (message: FromTarget): void => {
  process.send?.(message);
};
const counters = new TargetCounters();

function serve(task: TargetTask): void {
  const server = createServer(task, counters);
  server.on('error', (error) => say({ kind: 'failed', message: error.message }));
  server.listen({ host: task.host, port: 0, backlog: 1024 }, () => {
    say({ kind: 'serving', port: (server.address() as AddressInfo).port });
  });
}

function read(): void {
  const { user, system } = process.cpuUsage();
  const { pending } = counters;
  say({ kind: 'reading', cpuUs: user + system, counts: counters.snapshot(), pending });
}

process.on('message', (message: ToTarget) => {
  if (message.kind === 'serve') serve(message.task);
  else if (message.kind === 'read') read();
  else {
    const rssBytes = process.memoryUsage.rss();
    const observed = counters.observed();
    say({ kind: 'finish-done', rssBytes, observed, counts: counters.snapshot() });
  }
});
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
