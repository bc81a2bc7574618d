import type net from 'node:net';
import tls from 'node:tls';
import type { Tally } from './tally.ts';

/** The sockets of one load, whoever opened them: counted as they connect, and waited for until they are closed. */
export class Sockets {
  /** Handshakes are looked into while warming up only: reading cipher and key costs the client CPU. */
  private inspecting = true;
  private readonly open = new Set<net.Socket>();
  private settled: (() => void) | null = null;
  private readonly tally: Tally;

  constructor(tally: Tally) {
    this.tally = tally;
  }

  /** To be called before it is connected. */
  add(socket: net.Socket): void {
    this.open.add(socket);
    socket.once('connect', () => {
      this.tally.connections += 1;
    });
    if (socket instanceof tls.TLSSocket) socket.once('secureConnect', () => this.shaken(socket));
    socket.once('close', () => {
      this.open.delete(socket);
      this.settled?.();
    });
  }

  stopInspecting(): void {
    this.inspecting = false;
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

  private shaken(socket: tls.TLSSocket): void {
    if (socket.isSessionReused()) this.tally.handshakesResumed += 1;
    else this.tally.handshakesFull += 1;
    if (this.inspecting) this.inspect(socket);
  }

  private inspect(socket: tls.TLSSocket): void {
    const version = socket.getProtocol() ?? 'unknown';
    this.tally.sawTls(version, socket.getCipher().name);
    // Before TLS 1.3 a handshake that is resumed exchanges no key, and Nodes say different things of it.
    if (version === 'TLSv1.3' || !socket.isSessionReused())
      this.tally.sawKeyExchange(keyExchangeOf(socket));
  }
}

function keyExchangeOf(socket: tls.TLSSocket): string {
  const key = socket.getEphemeralKeyInfo();
  return key !== null && 'type' in key ? `${key.type} ${key.name ?? ''}`.trim() : 'unknown';
}
