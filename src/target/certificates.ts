import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificates {
  /** PEM of the run's own authority; the client verifies against it. */
  readonly authority: string;
  readonly leaf: { readonly key: string; readonly cert: string };
}

/** The name in the leaf beside 127.0.0.1; clients send it as SNI and verify it. */
export const servername = 'localhost';

/**
 * An authority and a leaf for this run only. ECDSA P-256 by default: with an RSA leaf the target
 * saturates before the client does, and hides what the client pays for a handshake.
 * selfsigned signs with SHA-1 unless told otherwise.
 */
export async function makeCertificates(key: 'ecdsa' | 'rsa'): Promise<Certificates> {
  const common = {
    algorithm: 'sha256',
    keyType: key === 'ecdsa' ? 'ec' : 'rsa',
    keySize: 2048,
    curve: 'P-256',
  } as const;
  const authority = await generate([{ name: 'commonName', value: `bench ${randomUUID()}` }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: servername }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: servername },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { authority: authority.cert, leaf: { key: leaf.private, cert: leaf.cert } };
}
