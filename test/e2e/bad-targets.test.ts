import { cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  markedProcesses,
  reportOf,
  runFolder,
  writeMatrix,
} from '../support/bench.ts';
import { ended, type UrlServer, urlServer } from '../support/url-server.ts';

const servers = fileURLToPath(new URL('../fixtures/server/', import.meta.url));

/** Both arms have the target, or the candidate alone. */
async function compare(matrix: string, candidate = 'v2') {
  const folder = freshFolder();
  cpSync(servers, folder, { recursive: true });
  writeMatrix(
    folder,
    `
axes: { version: { v1: { client: { env: { A: '1' } } }, v2: { client: { env: { A: '2' } } } } }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }
${matrix}
`,
  );
  const args = ['compare', '--baseline', 'v1', '--candidate', candidate, '--quiet'];
  const { code, stderr, stdout } = await bench(args, folder);
  return { code, stderr, stdout, folder };
}

/** The reason of the only cell, which cannot be judged, without what the server printed. */
async function reasonOf(matrix: string): Promise<string> {
  const { code, stderr, folder } = await compare(matrix);
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
  const [cell] = reportOf(folder).cells;
  expect(cell?.verdict).toBe('invalid');
  return cell?.reason?.split('\n', 1)[0] ?? '';
}

const failed = '3 launches in a row failed; the last: ';
const patience = 'client: { requestTimeout: 300ms }';

describe('a server that bench starts, and that misbehaves, is one clear line', () => {
  const start = (env: string, more = ''): string =>
    `target: { start: 'node misbehaves.mjs', ready: { path: /ready }, env: { ${env} } }\n${more}`;

  it.each([
    [
      'never becomes ready',
      "target: { start: 'sleep 100', ready: { within: 2s } }",
      /did not answer http:\S+ within 2000 ms: connect ECONNREFUSED .* or raise target\.ready\.within$/,
    ],
    [
      'exits at once',
      "target: { start: 'exit 7' }",
      /exited with code 7 before it answered http:\S+ target\.start must run until it is stopped$/,
    ],
    [
      'answers 500',
      start('MODE: fails'),
      /last: baseline v1, all: all \d+ requests of a slice failed: GET \/: status 500, expected 200\. Make the server answer so, or correct what scenario\.requests expects$/,
    ],
    [
      'answers slowly',
      start('MODE: slow', patience),
      /failed: no answer within 300 ms\. Raise client\.requestTimeout, or make it answer sooner$/,
    ],
    [
      'closes without an answer',
      start('MODE: closes'),
      /failed: the connection was closed before the answer was complete\. It ended the connection before its answer was whole: read its log$/,
    ],
    [
      'closes in the middle of a body',
      start('MODE: half'),
      /failed: the connection was closed before the answer was complete\. It ended/,
    ],
    [
      'answers with another body',
      start('MODE: longer', 'scenario: { requests: [{ expect: { body: { bytes: 13 } } }] }'),
      /failed: GET \/: body of 18 bytes, expected 13\. Make the server answer so/,
    ],
    [
      'speaks no TLS',
      `target: { start: 'BENCH_TLS=none node misbehaves.mjs', ready: { within: 3s } }
connection: { tls: '1.3' }`,
      /did not answer https:\S+ within 3000 ms: .*wrong version number.*with TLS as \$BENCH_TLS says/,
    ],
    [
      'speaks another TLS',
      `target: { start: 'BENCH_TLS=1.2 node misbehaves.mjs' }
connection: { tls: '1.3' }`,
      /failed: .*alert protocol version.*\. Make it speak TLS as \$BENCH_TLS says$/,
    ],
  ])('%s', async (_, matrix, reason) => {
    const said = await reasonOf(matrix);
    expect(said.startsWith(failed)).toBe(true);
    expect(said).toMatch(reason);
  });
});

describe('a server that runs already, and that misbehaves, is one clear line', () => {
  const running: UrlServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      // It is left as it is, whatever it did.
      expect([server.process.exitCode, server.process.signalCode]).toEqual([null, null]);
      await ended(server);
    }
  });
  const served = async (env: Readonly<Record<string, string>>): Promise<UrlServer> => {
    const server = await urlServer(env);
    running.push(server);
    return server;
  };

  it('nothing listens there', async () => {
    // Below those that the kernel hands out, and nobody's.
    expect(await reasonOf("target: { url: 'http://127.0.0.1:9' }")).toMatch(
      /target of baseline v1, all did not answer http:\S+\/: connect ECONNREFUSED 127\.0\.0\.1:\d+\. Nothing listens there: start the server, or correct target\.url$/,
    );
  });

  it.each([
    [
      'answers another status',
      'fails',
      'scenario: { requests: [{ path: /a }, { path: /b, expect: { status: 204 } }] }',
      // Which of the two failed first in that slice is chance.
      /failed: GET \/(a: status 500, expected 200|b: status 500, expected 204)\. Make the server answer so/,
    ],
    [
      'is slow',
      'slow',
      patience,
      /did not answer http:\S+\/: no answer within 300 ms\. Raise client\.requestTimeout/,
    ],
    [
      'closes without an answer',
      'closes',
      '',
      /did not answer http:\S+\/: socket hang up\. It ended the connection/,
    ],
    [
      'closes in the middle of a body',
      'half',
      '',
      /failed: the connection was closed before the answer was complete\. It ended/,
    ],
  ])('%s', async (_, MODE, more, reason) => {
    const { port } = await served({ MODE });
    const said = await reasonOf(`target: { url: 'http://127.0.0.1:${port}' }\n${more}`);
    expect(said).toMatch(reason);
  });

  it('speaks TLS where plain HTTP is sent', async () => {
    const { port } = await served({ BENCH_TLS: '1.3' });
    expect(await reasonOf(`target: { url: 'http://127.0.0.1:${port}' }`)).toMatch(
      /It speaks TLS there: write https:\/\/ and set connection\.tls$/,
    );
  });

  const secure = (port: number, ca: string, host = '127.0.0.1', more = ''): string => `
target: { url: 'https://${host}:${port}' ${more} }
connection: { tls: '1.3', ca: ${ca} }
`;

  it('speaks plain HTTP where TLS is sent', async () => {
    const { port } = await served({});
    expect(await reasonOf(secure(port, 'bundle'))).toMatch(
      /did not answer https:\S+\/: .*wrong version number.*\. It speaks no TLS there: write http:\/\//,
    );
  });

  it('has a certificate that nobody known has signed', async () => {
    const { port } = await served({ BENCH_TLS: '1.3' });
    expect(await reasonOf(secure(port, 'bundle'))).toMatch(
      /unable to verify the first certificate\. Name the file of who signed its certificate as connection\.ca/,
    );
  });

  it('has a certificate of another name', async () => {
    const { port, authority } = await served({ BENCH_TLS: '1.3' });
    const name = ', servername: api.example.com';
    expect(await reasonOf(secure(port, `{ file: ${authority} }`, 'localhost', name))).toMatch(
      /does not match certificate's altnames.*\. Write a name that its certificate carries as target\.servername$/,
    );
  });

  it('speaks another TLS', async () => {
    const { port, authority } = await served({ BENCH_TLS: '1.2' });
    expect(await reasonOf(secure(port, `{ file: ${authority} }`))).toMatch(
      /alert protocol version.*\. It does not speak this version: change connection\.tls$/,
    );
  });

  it('answers other bytes than the other one', async () => {
    const [{ port: a }, { port: b }] = [await served({}), await served({ MODE: 'longer' })];
    const { code, folder } = await compare(
      `target: { url: 'http://127.0.0.1:${a}' }`,
      `url:http://127.0.0.1:${b}`,
    );
    expect(code).toBe(3);
    expect(reportOf(folder).cells[0]?.reason).toMatch(
      /^the contract is broken: body bytes per request: .*13 in baseline, 18 in candidate$/,
    );
  });
});

describe('a URL that cannot be meant is refused before anything is sent', () => {
  it.each([
    [
      'http://10.0.0.1',
      '',
      /^bench: target\.url: http:\/\/10\.0\.0\.1 is 10\.0\.0\.1, which is not this machine\. Add --allow-remote .*\n$/,
    ],
    ['http://no-such.invalid', '', /its name has no IPv4 address here/],
    [
      'https://127.0.0.1',
      '',
      /in cell all target\.url is https:\S+ and connection\.tls is none: set connection\.tls/,
    ],
    [
      'http://127.0.0.1',
      "connection: { tls: '1.3' }",
      /in cell all target\.url is http:\S+ and connection\.tls is 1\.3: name a https/,
    ],
    [
      'https://127.0.0.1',
      "connection: { tls: '1.3' }",
      /engine http cannot honour connection\.ca: none with TLS to https:\S+ \(it trusts nobody then/,
    ],
  ])('%s %s', async (url, more, reason) => {
    const { code, stderr } = await compare(`target: { url: '${url}' }\n${more}`);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});
