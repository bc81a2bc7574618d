import type { Counts, Observed, Replayed } from '../model/counts.ts';

const ranOut = /\b(EADDRNOTAVAIL|EMFILE|ENFILE)\b/;

/** The counters of one worker. Mutable and plain: they are touched in the measured path. */
export class Tally {
  requests = 0;
  errors = 0;
  connections = 0;
  handshakesFull = 0;
  handshakesResumed = 0;
  contexts = 0;
  lookups = 0;
  lookupsAgain = 0;
  bytesIn = 0;
  bytesOut = 0;
  /** The first that tells of ports or descriptors that ran out, or else the first: what ran out is behind others too. */
  firstError: string | null = null;
  /** By request of the scenario. */
  private readonly sentOf: number[];
  private readonly answeredOf: number[];
  private readonly bytesOf: number[];
  private lastStatus = 0;
  private readonly tlsVersions = new Set<string>();
  private readonly ciphers = new Set<string>();
  private readonly keyExchanges = new Set<string>();
  private readonly httpVersions = new Set<string>();
  private readonly statuses = new Set<number>();

  /** @param requests how many the scenario has. */
  constructor(requests: number) {
    this.sentOf = Array.from({ length: requests }, () => 0);
    this.answeredOf = [...this.sentOf];
    this.bytesOf = [...this.sentOf];
  }

  sent(request: number, bodyBytes: number): void {
    this.sentOf[request] = (this.sentOf[request] ?? 0) + 1;
    this.bytesOut += bodyBytes;
  }

  answered(request: number, bodyBytes: number): void {
    this.answeredOf[request] = (this.answeredOf[request] ?? 0) + 1;
    this.bytesOf[request] = (this.bytesOf[request] ?? 0) + bodyBytes;
    this.bytesIn += bodyBytes;
  }

  snapshot(): Counts {
    const { requests, errors, connections, handshakesFull, handshakesResumed } = this;
    const { contexts, lookups, lookupsAgain, bytesIn, bytesOut } = this;
    return {
      ...{ requests, errors, connections, handshakesFull, handshakesResumed },
      ...{ contexts, lookups, lookupsAgain, bytesIn, bytesOut },
    };
  }

  fail(reason: string): void {
    this.errors += 1;
    if (this.firstError === null || (ranOut.test(reason) && !ranOut.test(this.firstError)))
      // OpenSSL's reasons end with a line end.
      this.firstError = reason.split('\n', 1)[0] ?? '';
  }

  sawResponse(status: number, versionMajor: number, versionMinor: number): void {
    if (status === this.lastStatus) return;
    this.lastStatus = status;
    this.statuses.add(status);
    this.httpVersions.add(`${versionMajor}.${versionMinor}`);
  }

  sawTls(version: string, cipher: string): void {
    this.tlsVersions.add(version);
    this.ciphers.add(cipher);
  }

  sawKeyExchange(keyExchange: string): void {
    this.keyExchanges.add(keyExchange);
  }

  replayed(): Replayed[] {
    return this.sentOf.map((sent, request) => ({
      sent,
      answered: this.answeredOf[request] ?? 0,
      bytes: this.bytesOf[request] ?? 0,
    }));
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
