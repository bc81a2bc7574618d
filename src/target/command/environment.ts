import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Serving } from '../protocol.ts';
import { meterVariable, withMeter } from './meter.ts';

/** What a server of the user's is told, beside what the matrix sets: where to listen, and how. */
export function startEnvironment(given: {
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  readonly serving: Serving;
  readonly certificate: CertificateFiles;
  readonly meter: string;
}): Record<string, string> {
  const { env, port, serving, certificate, meter } = given;
  const keys = { BENCH_TLS_KEY: certificate.key, BENCH_TLS_CERT: certificate.cert };
  return {
    ...env,
    PORT: String(port),
    BENCH_TLS: serving.tls,
    ...(serving.tls === 'none' ? {} : keys),
    NODE_OPTIONS: withMeter(env.NODE_OPTIONS),
    [meterVariable]: meter,
  };
}

/** Where the PEM files of a server lie. */
export interface CertificateFiles {
  readonly key: string;
  readonly cert: string;
}

export const certificateFiles = (folder: string, name: string): CertificateFiles => ({
  key: path.join(folder, `${name}-key.pem`),
  cert: path.join(folder, `${name}-cert.pem`),
});

export function writeCertificate(files: CertificateFiles, serving: Serving): void {
  if (serving.tls === 'none') return;
  writeFileSync(files.key, serving.certificate.key, { mode: 0o600 });
  writeFileSync(files.cert, serving.certificate.cert);
}
