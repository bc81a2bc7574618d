import { constants } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../../src/target/certificates.ts';
import { type Handshake, HandshakeReader } from '../../../src/target/relay/handshake.ts';
import { cipherName, groupName } from '../../../src/target/relay/names.ts';
import { shakenTwice } from '../../support/handshakes.ts';

/** What is read of bytes that come in these pieces. */
function read(bytes: Buffer, sizes: readonly number[] = []): Handshake | null {
  const reader = new HandshakeReader();
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    const found = reader.push(bytes.subarray(at, at + size));
    if (found !== null) return found;
    at += size;
  }
  return null;
}

const certificates = new Map<'ecdsa' | 'rsa', Certificates>();
beforeAll(async () => {
  for (const key of ['ecdsa', 'rsa'] as const) certificates.set(key, await makeCertificates(key));
});

const modes = (['TLSv1.2', 'TLSv1.3'] as const).flatMap((version) =>
  (['ecdsa', 'rsa'] as const).map((key) => ({ version, key })),
);

/** Newer Nodes would choose a group that has no name here; a key of P-256 is not taken without its curve. */
const known = { client: { ecdhCurve: 'X25519:P-256' } };

async function captured(mode: (typeof modes)[number], more: object = known) {
  const made = certificates.get(mode.key);
  if (made === undefined) throw new Error('no certificates');
  return shakenTwice({ certificates: made, version: mode.version, ...more });
}

describe.each(modes)('a handshake of $version with a key of $key', (mode) => {
  it('is read as the client saw it, in full and resumed', async () => {
    const [full, resumed] = await captured(mode);
    expect([full.isResumed, resumed.isResumed]).toEqual([false, true]);
    for (const shaken of [full, resumed]) {
      const found = read(shaken.fromServer);
      expect(found).toMatchObject({ version: shaken.version, isResumed: shaken.isResumed });
      expect(cipherName(found?.cipher ?? 0)).toBe(shaken.cipher);
      if (mode.version === 'TLSv1.3') expect(groupName(found?.group ?? 0)).toBe('ECDH X25519');
    }
  });

  it('is read the same in whatever pieces it comes', async () => {
    for (const { fromServer } of await captured(mode)) {
      const whole = read(fromServer);
      expect(read(fromServer, [...fromServer].fill(1))).toEqual(whole);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 600 })), (sizes) => {
          expect(read(fromServer, sizes)).toEqual(whole);
        }),
      );
    }
  });

  it('is not understood before it is there', async () => {
    const [{ fromServer }] = await captured(mode);
    const lengths = Array.from({ length: fromServer.length }, (_, length) => length);
    const first = lengths.find((length) => read(fromServer.subarray(0, length)) !== null);
    // The head of a record and of a message, and a ServerHello without extensions.
    expect(first ?? 0).toBeGreaterThan(5 + 4 + 38);
  });
});

describe('what else a server may send', () => {
  it('asks for another ClientHello: that is none yet, and no resumption', async () => {
    const [full, resumed] = await captured(
      { version: 'TLSv1.3', key: 'ecdsa' },
      { server: { ecdhCurve: 'P-384' }, client: { ecdhCurve: 'X25519:P-384' } },
    );
    for (const shaken of [full, resumed]) {
      const found = read(shaken.fromServer);
      expect(found).toMatchObject({ version: 'TLSv1.3', isResumed: shaken.isResumed });
      expect(groupName(found?.group ?? 0)).toBe('ECDH secp384r1');
    }
  });

  it('resumes by the number of a session, without tickets', async () => {
    const made = await captured(
      { version: 'TLSv1.2', key: 'rsa' },
      { client: { secureOptions: constants.SSL_OP_NO_TICKET } },
    );
    for (const shaken of made) expect(read(shaken.fromServer)?.isResumed).toBe(shaken.isResumed);
    expect(made.map(({ isResumed }) => isResumed)).toEqual([false, true]);
  });

  it('an answer that is no TLS, and an alert, are lost', () => {
    for (const bytes of [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), alert]) {
      const reader = new HandshakeReader();
      expect(reader.push(bytes)).toBeNull();
      expect(reader.isLost).toBe(true);
    }
  });

  it('anything at all does no harm', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some));
    const handshake = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((body) => {
      const length = body.length;
      return Buffer.from([22, 3, 3, 0, length + 4, 2, 0, 0, length, ...body]);
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(bytes, handshake)), (chunks) => {
        const reader = new HandshakeReader();
        for (const chunk of chunks) if (reader.push(chunk) !== null) break;
      }),
    );
  });
});

/** handshake_failure */
const alert = Buffer.from([21, 3, 3, 0, 2, 2, 40]);
