import dgram from 'node:dgram';
import type { ResolverTask } from './protocol.ts';
import { replyTo } from './reply.ts';

/** Queries of many users that begin at once wait here; the kernel may allow less. */
const receiveBytes = 1 << 20;

/** A DNS server over UDP for one name. @param queried is called for each query, before its delay. */
export function createResolver(
  task: Omit<ResolverTask, 'listen'>,
  queried: () => void,
): dgram.Socket {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: receiveBytes });
  socket.on('message', (bytes, { port, address }) => {
    const reply = replyTo(bytes, task);
    if (reply === null) return;
    queried();
    const send = (): void => socket.send(reply, port, address);
    if (task.delayMs === 0) send();
    else setTimeout(send, task.delayMs);
  });
  return socket;
}
