import net from 'node:net';
import tls from 'node:tls';
import { contextOptions } from './contexts.ts';
import { lookupOf } from './lookup.ts';
import type { WorkerTask } from './protocol.ts';
import type { Sockets } from './sockets.ts';
import type { Tally } from './tally.ts';
import { verificationOf } from './verification.ts';

/**
 * Opens sockets exactly as the task says. No agent of Node's decides here: https.Agent resumes TLS
 * sessions on its own even with keepAlive off, and a session that nobody asked for makes `close` cheap.
 */
export class Connector {
  private readonly tickets = new Map<number, Buffer>();
  private lastTicket: Buffer | undefined;
  private readonly lookup: net.LookupFunction;
  private readonly sharedContext: tls.SecureContext | null;
  private readonly task: WorkerTask;
  private readonly ca: string;
  private readonly sockets: Sockets;
  private readonly tally: Tally;

  constructor(task: WorkerTask, ca: string, sockets: Sockets, tally: Tally) {
    this.task = task;
    this.ca = ca;
    this.sockets = sockets;
    this.tally = tally;
    this.lookup = lookupOf(task, tally);
    this.sharedContext =
      task.tls !== 'none' && task.context === 'shared' ? this.buildContext() : null;
  }

  /** @param slot tickets are kept per slot, so that resumption does not depend on who finishes first; a new slot takes the last. */
  connect(slot: number): net.Socket {
    const socket = this.task.tls === 'none' ? this.connectPlain() : this.connectTls(slot);
    socket.setNoDelay(true);
    this.sockets.add(socket);
    return socket;
  }

  private connectPlain(): net.Socket {
    const { host, port } = this.task;
    return net.connect({ host, port, lookup: this.lookup });
  }

  private connectTls(slot: number): tls.TLSSocket {
    const { host, port, session } = this.task;
    const ticket = session === 'resumed' ? (this.tickets.get(slot) ?? this.lastTicket) : undefined;
    const socket = tls.connect({
      host,
      port,
      ...verificationOf(this.task),
      lookup: this.lookup,
      ALPNProtocols: ['http/1.1'],
      secureContext: this.sharedContext ?? this.buildContext(),
      ...(ticket === undefined ? {} : { session: ticket }),
    });
    if (session === 'resumed') {
      socket.on('session', (fresh) => {
        this.tickets.set(slot, fresh);
        this.lastTicket = fresh;
      });
    }
    return socket;
  }

  private buildContext(): tls.SecureContext {
    this.tally.contexts += 1;
    return tls.createSecureContext(contextOptions(this.task, this.ca));
  }
}
