import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCertificates } from '../../src/target/certificates.ts';

const script = fileURLToPath(new URL('../fixtures/server/misbehaves.mjs', import.meta.url));

/** A server that somebody else started, with a certificate of its own. */
export interface UrlServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** PEM file of who signed its certificate. */
  readonly authority: string;
}

/** @param env what it does, as misbehaves.mjs has it */
export async function urlServer(env: Readonly<Record<string, string>>): Promise<UrlServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-url-'));
  const written = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const { authority, leaf } = await makeCertificates('ecdsa');
  const child = spawn(process.execPath, [script], {
    env: {
      PATH: process.env.PATH,
      BENCH_TLS_KEY: written('key.pem', leaf.key),
      BENCH_TLS_CERT: written('cert.pem', leaf.cert),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(said.toString()), process: child, authority: written('ca.pem', authority) };
}

export async function ended({ process: child }: UrlServer): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
