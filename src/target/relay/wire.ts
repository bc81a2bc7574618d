import type { RelayCounters } from './counters.ts';
import { Exchange } from './exchange.ts';
import { HandshakeReader } from './handshake.ts';

/** RFC 8446 §5.1: what a client says first in TLS. No method of HTTP begins with it. */
const handshakeRecord = 22;

/** One connection, read as it is forwarded: by its first byte it is TLS, or HTTP. */
export class Wire {
  private spoken: 'nothing' | 'tls' | 'http' | 'unreadable' = 'nothing';
  private readonly handshake = new HandshakeReader();
  private readonly exchange: Exchange;
  private readonly counters: RelayCounters;

  constructor(counters: RelayCounters) {
    this.counters = counters;
    this.exchange = new Exchange((answer) => counters.answered(answer));
  }

  sent(chunk: Buffer): void {
    this.counters.forwarded('target', chunk.length);
    if (this.spoken === 'nothing') {
      this.spoken = chunk[0] === handshakeRecord ? 'tls' : 'http';
      if (this.spoken === 'tls') this.counters.unreadable();
    }
    if (this.spoken === 'http') this.read(() => this.exchange.sent(chunk));
  }

  came(chunk: Buffer): void {
    this.counters.forwarded('client', chunk.length);
    if (this.spoken === 'http') this.read(() => this.exchange.came(chunk));
    if (this.spoken !== 'tls') return;
    const found = this.handshake.push(chunk);
    if (found !== null) this.counters.handshake(found);
    if (found !== null || this.handshake.isLost) this.spoken = 'unreadable';
  }

  /** The target has said all. */
  ended(): void {
    if (this.spoken === 'http') this.read(() => this.exchange.ended());
  }

  private read(some: () => void): void {
    some();
    if (!this.exchange.isLost) return;
    this.spoken = 'unreadable';
    this.counters.unreadable();
  }
}
