import { copyFileSync } from 'node:fs';
import http2 from 'node:http2';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import vm from 'node:vm';
import { x } from 'tinyexec';
import { describe, expect, it } from 'vitest';
import { newest } from '../../src/model/settings.ts';
import { cacheFolder } from '../../src/subject/cache.ts';
import { npmFor } from '../../src/subject/npm.ts';
import { installProgram } from '../../src/subject/program.ts';
import { installRuntime } from '../../src/subject/runtime.ts';
import { makeCertificates, servername } from '../../src/target/certificates.ts';
import { bench, freshFolder, reportOf, writeMatrix } from '../support/bench.ts';
import { listening, startServer, undici, undiciLoad } from '../support/undici-load.ts';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;
/** A turn lies between: what a turn has looked at through a WeakRef lives until its end. */
const afterTurns = () => new Promise<void>((turned) => setTimeout(turned, 0));

const nothing = (): Promise<void> => Promise.resolve();

interface Given {
  readonly method?: 'GET' | 'HEAD';
  readonly reset?: boolean;
  readonly maxRequestsPerClient?: number;
  readonly between?: () => Promise<void>;
}

/** undici by itself, one request after the other, against the built-in target. @returns what that counted */
async function sentByUndici(requests: number, tls: 'none' | '1.3', given: Given) {
  const { port, authority, counts } = await startServer(tls);
  const { method = 'GET', between = nothing, reset, ...options } = given;
  const pool = new undici.Pool(`${tls === 'none' ? 'http' : 'https'}://127.0.0.1:${port}`, {
    connections: 1,
    connect: { ca: authority, servername },
    ...options,
  });
  for (let sent = 0; sent < requests; sent += 1) {
    const told = reset === undefined ? {} : { reset };
    await (await pool.request({ method, path: '/', ...told })).body.dump();
    await between();
  }
  await pool.destroy();
  return counts();
}

/** The same by our engine. */
async function sentByEngine(
  requests: number,
  tls: 'none' | '1.3',
  asked: Omit<Parameters<typeof undiciLoad>[0], 'port'>,
  between: () => Promise<void> = nothing,
) {
  const { port, authority, counts } = await startServer(tls);
  const { tally, slice } = undiciLoad({ port, authority, tls, ...asked });
  for (let sent = 0; sent < requests; sent += 1) {
    await slice(1);
    await between();
  }
  expect(counts().connections).toBe(tally.connections);
  expect(counts().handshakesResumed).toBe(tally.handshakesResumed);
  return counts();
}

describe('a trap of undici, and the engine that does not fall into it', () => {
  it('maxRequestsPerClient lets a connection carry one request more', async () => {
    const one = await sentByUndici(20, 'none', { maxRequestsPerClient: 1 });
    expect(one.connections).toBe(10);
    const five = await sentByUndici(30, 'none', { maxRequestsPerClient: 5 });
    expect(five.connections).toBe(5);
    expect((await sentByEngine(20, 'none', { perConnection: 1 })).connections).toBe(20);
    expect((await sentByEngine(30, 'none', { perConnection: 5 })).connections).toBe(6);
  });

  it('HEAD closes the connection', async () => {
    expect((await sentByUndici(6, 'none', { method: 'HEAD' })).connections).toBe(6);
    const request = { method: 'HEAD' };
    expect((await sentByEngine(6, 'none', { request })).connections).toBe(1);
  });

  it('sessions are resumed though nobody asked for it', async () => {
    expect((await sentByUndici(10, '1.3', { reset: true })).handshakesResumed).toBe(9);
    const counted = await sentByEngine(10, '1.3', { perConnection: 1, session: 'none' });
    expect(counted).toMatchObject({ handshakesFull: 10, handshakesResumed: 0 });
  });

  it('tickets are lost when garbage is collected', async () => {
    const between = async (): Promise<void> => {
      await afterTurns();
      collectGarbage();
      await afterTurns();
    };
    const itself = await sentByUndici(10, '1.3', { reset: true, between });
    expect(itself.handshakesFull).toBeGreaterThan(1);
    const asked = { perConnection: 1, session: 'resumed' } as const;
    const counted = await sentByEngine(10, '1.3', asked, between);
    expect(counted).toMatchObject({ handshakesFull: 1, handshakesResumed: 9 });
  });

  it('certificates make a context for each connection, unless a context is made of them before', async () => {
    const contexts = async (context: 'shared' | 'per-connection'): Promise<number> => {
      const { port, authority } = await startServer('1.3');
      const asked = { port, authority, context, tls: '1.3', perConnection: 1 } as const;
      const { tally, slice } = undiciLoad(asked);
      await slice(5);
      return tally.contexts;
    };
    expect(await contexts('per-connection')).toBe(5);
    expect(await contexts('shared')).toBe(1);
  });

  it('from 8 on a server that offers HTTP/2 is spoken to in HTTP/2', async () => {
    const world = {
      ...{ cache: cacheFolder(process.env), npm: npmFor(process.env, 'traps'), searchPath: '' },
      ...{ platform: process.platform, arch: process.arch, unique: `${process.pid}.part` },
      progress: () => undefined,
    };
    const runtime = await installRuntime({ kind: 'npm', version: '24' }, 'a', world);
    const program = await installProgram(
      { engine: { kind: 'undici', version: '8' }, ...newest },
      'a',
      world,
    );
    const { leaf } = await makeCertificates('ecdsa');
    const port = await listening(
      http2.createSecureServer({ ...leaf, allowHTTP1: true }, ({ httpVersion }, response) =>
        response.end(httpVersion),
      ),
    );
    const script = `
      const { Pool } = require(process.argv[1]);
      const pool = new Pool(process.argv[2], { connect: { rejectUnauthorized: false } });
      pool.request({ method: 'GET', path: '/' })
        .then(({ body }) => body.text())
        .then((version) => { console.log(version); return pool.destroy(); });`;
    const args = ['-e', script, program.file, `https://127.0.0.1:${port}`];
    expect((await x(runtime.file, args)).stdout).toBe('2.0\n');

    // The same by our engine; here whoever speaks HTTP/2 is answered 505.
    const server = fileURLToPath(new URL('../fixtures/server/both.mjs', import.meta.url));
    const folder = freshFolder();
    copyFileSync(server, path.join(folder, 'both.mjs'));
    const arm = (name: string): string => `{ client: { env: { ARM: ${name} } } }`;
    writeMatrix(
      folder,
      `
client: { engine: npm:undici@8, runtime: node@24 }
target: { start: node both.mjs }
connection: { tls: 1.3 }
axes: { version: { a: ${arm('a')}, b: ${arm('b')} } }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 100ms, warmup: 100ms }
`,
    );
    const compare = [
      'compare',
      '--no-profile',
      '--baseline',
      'a',
      '--candidate',
      'b',
      '--fail-on',
      'never',
    ];
    const { code, stderr } = await bench([...compare, '--quiet'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const clauses = reportOf(folder).cells[0]?.contract.clauses;
    expect(clauses).toContainEqual(expect.objectContaining({ clause: 'status', observed: '200' }));
  });
});
