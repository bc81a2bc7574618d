/** The relay's own process: forwards, and tells what it has read when asked. */
import type { AddressInfo } from 'node:net';
import { RelayCounters } from './counters.ts';
import type { FromRelay, RelayTask, ToRelay } from './protocol.ts';
import { createRelay } from './server.ts';

const say = (message: FromRelay): void => {
  process.send?.(message);
};
const counters = new RelayCounters();

function relay(task: RelayTask): void {
  const server = createRelay(task, counters);
  server.on('error', (error) => say({ kind: 'failed', message: error.message }));
  server.listen({ host: task.address, port: 0, backlog: 1024 }, () => {
    say({ kind: 'relaying', port: (server.address() as AddressInfo).port });
  });
}

process.on('message', (message: ToRelay) => {
  if (message.kind === 'relay') relay(message.task);
  else {
    say({ kind: 'reading', counts: counters.snapshot(), observed: counters.observed() });
  }
});
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
