import { randomUUID, webcrypto } from 'node:crypto';

export interface Certificates {
  /** PEM of the run's own authority; the client verifies against it. */
  readonly authority: string;
  readonly leaf: { readonly key: string; readonly cert: string };
}

/** The name in the leaf beside the addresses; clients send it as SNI and verify it. */
export const servername = 'localhost';

const algorithms = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const;

const validMs = 365 * 24 * 3600 * 1000;

/**
 * An authority and a leaf for this run only. ECDSA P-256 by default: with an RSA leaf the target
 * saturates before the client does, and hides what the client pays for a handshake.
 * Both name the key that signed them: Python 3.13 verifies by RFC 5280 to the letter.
 */
export async function makeCertificates(
  key: 'ecdsa' | 'rsa',
  addresses: readonly string[] = ['127.0.0.1'],
): Promise<Certificates> {
  // Not before it is wanted: it is a fifth of what bench takes to start.
  const x509 = await import('@peculiar/x509');
  const signingAlgorithm = algorithms[key];
  const keys = () => webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const [authorityKeys, leafKeys] = await Promise.all([keys(), keys()]);
  const subject = `CN=bench ${randomUUID()}`;
  const validity = { notBefore: new Date(), notAfter: new Date(Date.now() + validMs) };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: subject, keys: authorityKeys, signingAlgorithm, ...validity },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey, false),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...{ subject: `CN=${servername}`, issuer: subject, signingAlgorithm, ...validity },
    ...{ publicKey: leafKeys.publicKey, signingKey: authorityKeys.privateKey },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: servername },
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.SubjectKeyIdentifierExtension.create(leafKeys.publicKey, false),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey, false),
    ],
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey);
  return {
    authority: authority.toString('pem'),
    leaf: { key: x509.PemConverter.encode(privateKey, 'PRIVATE KEY'), cert: leaf.toString('pem') },
  };
}
