/** What a server chose, by the part of its handshake that anybody on the wire can read. */
export interface Handshake {
  /** As Node names them: `TLSv1.3`. */
  readonly version: string;
  /** The number that IANA gave to the cipher suite. */
  readonly cipher: number;
  /** Of the key exchange, likewise; null where that part cannot be read, or no key was exchanged. */
  readonly group: number | null;
  readonly isResumed: boolean;
}

const records = { changeCipherSpec: 20, alert: 21, handshake: 22 } as const;
const messages = { serverHello: 2, newSessionTicket: 4 } as const;
/** RFC 8446 §4.2. */
const extensions = { preSharedKey: 41, supportedVersions: 43, keyShare: 51 } as const;

/** RFC 8446 §4.1.3: a ServerHello with this in the place of its random part asks for another ClientHello. */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

const recordHead = 5;
const messageHead = 4;
/** A record has at most this many bytes (RFC 5246 §6.2.3): what says more is no TLS. */
const longestRecord = 2 ** 14 + 2_048;

/**
 * Reads what a server sends until its handshake is understood, whatever the segments that it comes in. From TLS 1.3 on the
 * ServerHello says whether a session was resumed; before, what follows it does: a resumed handshake goes
 * straight to its end, or to a new ticket, and shows no certificate (RFC 5246 §7.3, RFC 5077 §3.1).
 */
export class HandshakeReader {
  /** True once it is clear that there is nothing to be understood. */
  isLost = false;
  private bytes: Buffer = Buffer.alloc(0);
  private fragments: Buffer = Buffer.alloc(0);
  private hello: Omit<Handshake, 'isResumed'> | null = null;

  /** @returns the handshake once it is understood, else null. Nothing is to be pushed after that. */
  push(chunk: Buffer): Handshake | null {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    while (!this.isLost && this.bytes.length >= recordHead) {
      const length = this.bytes.readUInt16BE(3);
      if (length > longestRecord) this.isLost = true;
      if (this.bytes.length < recordHead + length) return null;
      const body = this.bytes.subarray(recordHead, recordHead + length);
      const found = this.record(this.bytes[0] ?? 0, body);
      this.bytes = this.bytes.subarray(recordHead + length);
      if (found !== null) return found;
    }
    return null;
  }

  private record(type: number, body: Buffer): Handshake | null {
    if (type === records.changeCipherSpec) {
      return this.hello === null ? null : { ...this.hello, isResumed: true };
    }
    if (type !== records.handshake) {
      // An alert ends it, and anything else has no place before the ServerHello.
      this.isLost = true;
      return null;
    }
    this.fragments = Buffer.concat([this.fragments, body]);
    while (this.fragments.length >= messageHead) {
      const end = messageHead + this.fragments.readUIntBE(1, 3);
      if (this.fragments.length < end) return null;
      const found = this.message(this.fragments[0] ?? 0, this.fragments.subarray(messageHead, end));
      this.fragments = this.fragments.subarray(end);
      if (found !== null) return found;
    }
    return null;
  }

  private message(type: number, body: Buffer): Handshake | null {
    if (this.hello !== null) {
      return { ...this.hello, isResumed: type === messages.newSessionTicket };
    }
    const hello = type === messages.serverHello ? serverHello(body) : null;
    if (hello === null) this.isLost = true;
    if (hello === null || hello.isRetry) return null;
    const { version, cipher, group, isResumed } = hello;
    if (version === 'TLSv1.3') return { version, cipher, group, isResumed };
    this.hello = { version, cipher, group };
    return null;
  }
}

interface ServerHello extends Handshake {
  readonly isRetry: boolean;
}

/** Null where it is none. */
function serverHello(body: Buffer): ServerHello | null {
  try {
    const random = body.toString('hex', 2, 34);
    const afterSession = 35 + body.readUInt8(34);
    const cipher = body.readUInt16BE(afterSession);
    const found = extensionsOf(body.subarray(afterSession + 3));
    const version = found.get(extensions.supportedVersions)?.readUInt16BE(0);
    return {
      isRetry: random === retryRandom,
      version: versionName(version ?? body.readUInt16BE(0)),
      cipher,
      group: found.get(extensions.keyShare)?.readUInt16BE(0) ?? null,
      isResumed: found.has(extensions.preSharedKey),
    };
  } catch {
    return null;
  }
}

/** @param block their length, and then each. @throws RangeError where it is cut off */
function extensionsOf(block: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  const end = block.length === 0 ? 0 : 2 + block.readUInt16BE(0);
  for (let at = 2; at < end; ) {
    const length = block.readUInt16BE(at + 2);
    found.set(block.readUInt16BE(at), block.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

const versionName = (version: number): string =>
  version === 0x0301 ? 'TLSv1' : `TLSv1.${version - 0x0301}`;
