import net from 'node:net';
import type { RelayCounters } from './counters.ts';
import type { RelayTask } from './protocol.ts';
import { Wire } from './wire.ts';

/** Forwards each connection to the target over one of its own, byte by byte, and ends each as the other end does. */
export function createRelay({ to }: RelayTask, counters: RelayCounters): net.Server {
  return net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    counters.connection();
    const target = net.connect({ ...to, allowHalfOpen: true, noDelay: true });
    const wire = new Wire(counters);
    // Read before it is forwarded: whoever has an answer finds it counted.
    client.on('data', (chunk) => wire.sent(chunk));
    target.on('data', (chunk) => wire.came(chunk));
    target.on('end', () => wire.ended());
    client.pipe(target).pipe(client);
    client.on('error', () => target.resetAndDestroy());
    target.on('error', () => client.resetAndDestroy());
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroySoon());
  });
}
