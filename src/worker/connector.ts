import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import type { WorkerTask } from './protocol.ts';
import type { Tally } from './tally.ts';

/**
 * Opens sockets exactly as the task says. No agent of Node's decides here: https.Agent resumes TLS
 * sessions on its own even with keepAlive off, and a session that nobody asked for makes `close` cheap.
 */
export class Connector {
  /** Handshakes are looked into while warming up only: reading cipher and key costs the client CPU. */
  private inspecting = true;
  private readonly open = new Set<net.Socket>();
  private readonly tickets = new Map<number, Buffer>();
  private lastTicket: Buffer | undefined;
  private readonly sharedContext: tls.SecureContext | null;
  private settled: (() => void) | null = null;
  private readonly task: WorkerTask;
  private readonly ca: string;
  private readonly tally: Tally;

  constructor(task: WorkerTask, ca: string, tally: Tally) {
    this.task = task;
    this.ca = ca;
    this.tally = tally;
    this.sharedContext =
      task.tls !== 'none' && task.context === 'shared' ? this.buildContext() : null;
  }

  stopInspecting(): void {
    this.inspecting = false;
  }

  /** @param slot tickets are kept per slot, so that resumption does not depend on who finishes first; a new slot takes the last. */
  connect(slot: number): net.Socket {
    const socket = this.task.tls === 'none' ? this.connectPlain() : this.connectTls(slot);
    socket.setNoDelay(true);
    this.open.add(socket);
    socket.once('connect', () => {
      this.tally.connections += 1;
    });
    socket.once('close', () => {
      this.open.delete(socket);
      this.settled?.();
    });
    return socket;
  }

  /** Calls back when every socket is closed but those that are kept; what it costs to close them belongs to the slice. */
  whenClosed(kept: number, then: () => void): void {
    this.settled = () => {
      if (this.open.size > kept) return;
      this.settled = null;
      then();
    };
    this.settled();
  }

  destroyAll(): void {
    for (const socket of this.open) socket.destroy();
  }

  private connectPlain(): net.Socket {
    const { host, port } = this.task;
    return net.connect({ host, port, lookup: this.lookup });
  }

  private connectTls(slot: number): tls.TLSSocket {
    const { host, port, servername, session } = this.task;
    const ticket = session === 'resumed' ? (this.tickets.get(slot) ?? this.lastTicket) : undefined;
    const socket = tls.connect({
      host,
      port,
      servername,
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
    socket.once('secureConnect', () => {
      if (socket.isSessionReused()) this.tally.handshakesResumed += 1;
      else this.tally.handshakesFull += 1;
      if (this.inspecting) this.inspect(socket);
    });
    return socket;
  }

  private inspect(socket: tls.TLSSocket): void {
    const key = socket.getEphemeralKeyInfo();
    const exchange =
      key !== null && 'type' in key ? `${key.type} ${key.name ?? ''}`.trim() : 'unknown';
    this.tally.sawTls(socket.getProtocol() ?? 'unknown', socket.getCipher().name, exchange);
  }

  /** Parses every trusted certificate: the unit of work that OpenSSL 3.0 made four times dearer. */
  private buildContext(): tls.SecureContext {
    this.tally.contexts += 1;
    const version = this.task.tls === '1.2' ? 'TLSv1.2' : 'TLSv1.3';
    return tls.createSecureContext({ ca: this.ca, minVersion: version, maxVersion: version });
  }

  /** Literal addresses are never looked up; whatever reaches this function is a look-up, and counted. */
  private readonly lookup: net.LookupFunction = (hostname, options, callback) => {
    this.tally.lookups += 1;
    dns.lookup(hostname, options, callback);
  };
}
