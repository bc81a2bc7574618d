import type { Observed, Relayed } from '../../model/counts.ts';
import type { Answered } from './exchange.ts';
import type { Handshake } from './handshake.ts';
import { cipherName, groupName } from './names.ts';

/** What a relay has read since it began. */
export class RelayCounters {
  private isRead = true;
  private connections = 0;
  private handshakesFull = 0;
  private handshakesResumed = 0;
  private requests = 0;
  private bytesOut = 0;
  private wireIn = 0;
  private wireOut = 0;
  private readonly tlsVersions = new Set<string>();
  private readonly ciphers = new Set<string>();
  private readonly keyExchanges = new Set<string>();
  private readonly httpVersions = new Set<string>();
  private readonly statuses = new Set<number>();

  connection(): void {
    this.connections += 1;
  }

  handshake({ version, cipher, group, isResumed }: Handshake): void {
    if (isResumed) this.handshakesResumed += 1;
    else this.handshakesFull += 1;
    this.tlsVersions.add(version);
    this.ciphers.add(cipherName(cipher));
    if (group !== null) this.keyExchanges.add(groupName(group));
  }

  answered({ status, version, bodyBytes }: Answered): void {
    this.requests += 1;
    this.bytesOut += bodyBytes;
    this.statuses.add(status);
    this.httpVersions.add(version);
  }

  /** Some request can have been anything, from here on. */
  unreadable(): void {
    this.isRead = false;
  }

  forwarded(to: 'target' | 'client', bytes: number): void {
    if (to === 'target') this.wireIn += bytes;
    else this.wireOut += bytes;
  }

  snapshot(): Relayed {
    const { connections, handshakesFull, handshakesResumed, wireIn, wireOut } = this;
    return {
      ...{ connections, handshakesFull, handshakesResumed, wireIn, wireOut },
      requests: this.isRead ? this.requests : null,
      bytesOut: this.isRead ? this.bytesOut : null,
    };
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
