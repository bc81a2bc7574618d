import type { Server } from 'node:net';
import type { TLSSocket, Server as TlsServer } from 'node:tls';
import { type Counts, noCounts, type Observed } from '../../model/counts.ts';

/** Counts on the server's side of the wire, independently of what a client says of itself. */
export class TargetCounters {
  /** Requests that wait for their delay to be over. */
  pending = 0;
  private readonly counts: { -readonly [K in keyof Counts]: Counts[K] } = { ...noCounts };
  private readonly tlsVersions = new Set<string>();
  private readonly ciphers = new Set<string>();
  private readonly httpVersions = new Set<string>();

  watchConnections(server: Server): void {
    server.on('connection', () => {
      this.counts.connections += 1;
    });
  }

  /** Cipher and version are read from the first handshakes only, of warm-up; later ones cost nothing. */
  watchHandshakes(server: TlsServer, inspected: number): void {
    server.on('secureConnection', (socket: TLSSocket) => {
      if (socket.isSessionReused()) this.counts.handshakesResumed += 1;
      else this.counts.handshakesFull += 1;
      if (this.counts.handshakesFull + this.counts.handshakesResumed > inspected) return;
      this.tlsVersions.add(socket.getProtocol() ?? 'unknown');
      this.ciphers.add(socket.getCipher().name);
    });
    server.on('tlsClientError', () => {
      this.counts.errors += 1;
    });
  }

  request(httpVersion: string, bodyBytes: number): void {
    this.counts.requests += 1;
    this.counts.bytesOut += bodyBytes;
    this.httpVersions.add(httpVersion);
  }

  received(bytes: number): void {
    this.counts.bytesIn += bytes;
  }

  snapshot(): Counts {
    return { ...this.counts };
  }

  observed(): Observed {
    return {
      tlsVersions: [...this.tlsVersions].sort(),
      ciphers: [...this.ciphers].sort(),
      keyExchanges: [],
      httpVersions: [...this.httpVersions].sort(),
      statuses: this.counts.requests === 0 ? [] : [200],
    };
  }
}
