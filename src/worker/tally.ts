import type { Counts, Observed } from '../model/counts.ts';

/** The counters of one worker. Mutable and plain: they are touched in the measured path. */
export class Tally {
  requests = 0;
  errors = 0;
  connections = 0;
  handshakesFull = 0;
  handshakesResumed = 0;
  contexts = 0;
  lookups = 0;
  bytesIn = 0;
  bytesOut = 0;
  firstError: string | null = null;
  private lastStatus = 0;
  private readonly tlsVersions = new Set<string>();
  private readonly ciphers = new Set<string>();
  private readonly keyExchanges = new Set<string>();
  private readonly httpVersions = new Set<string>();
  private readonly statuses = new Set<number>();

  snapshot(): Counts {
    const { requests, errors, connections, handshakesFull, handshakesResumed } = this;
    const { contexts, lookups, bytesIn, bytesOut } = this;
    return {
      ...{ requests, errors, connections, handshakesFull, handshakesResumed },
      ...{ contexts, lookups, bytesIn, bytesOut },
    };
  }

  fail(reason: string): void {
    this.errors += 1;
    this.firstError ??= reason;
  }

  sawResponse(status: number, versionMajor: number, versionMinor: number): void {
    if (status === this.lastStatus) return;
    this.lastStatus = status;
    this.statuses.add(status);
    this.httpVersions.add(`${versionMajor}.${versionMinor}`);
  }

  sawTls(version: string, cipher: string, keyExchange: string): void {
    this.tlsVersions.add(version);
    this.ciphers.add(cipher);
    this.keyExchanges.add(keyExchange);
  }

  observed(): Observed {
    return {
      tlsVersions: [...this.tlsVersions].sort(),
      ciphers: [...this.ciphers].sort(),
      keyExchanges: [...this.keyExchanges].sort(),
      httpVersions: [...this.httpVersions].sort(),
      statuses: [...this.statuses].sort((a, b) => a - b),
    };
  }
}
