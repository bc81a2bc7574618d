import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  writeMatrix,
} from '../support/bench.ts';
import { onPath } from '../support/on-path.ts';
import { ended, type UrlServer, urlServer } from '../support/url-server.ts';

const brief =
  'gate: { sensitivity: 90% }\nmeasure: { launches: 2, sliceTime: 300ms, warmup: 200ms }\n';

const running: UrlServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    expect(server.process.exitCode).toBeNull();
    await ended(server);
  }
});
async function served(env: Readonly<Record<string, string>> = {}): Promise<UrlServer> {
  const server = await urlServer(env);
  running.push(server);
  return server;
}

/** @param arms what `--baseline` and `--candidate` are */
async function compare(matrix: string, arms: readonly [string, string], more: string[] = []) {
  const folder = freshFolder();
  writeMatrix(folder, `${matrix}\n${brief}`);
  const [baseline, candidate] = arms;
  const args = [
    'compare',
    '--no-profile',
    '--baseline',
    baseline,
    '--candidate',
    candidate,
    ...more,
  ];
  const { code, stderr } = await bench([...args, '--fail-on', 'never', '--quiet'], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
  return { folder, report: reportOf(folder), journal: journalOf(folder) };
}

type Compared = Awaited<ReturnType<typeof compare>>;

const cellOf = ({ report }: Compared, id: string) => {
  const found = report.cells.find((cell) => cell.id === id);
  if (found === undefined) throw new Error(`no cell ${id}`);
  expect(found.reason).toBeNull();
  return found;
};
const statesOf = (cell: ReturnType<typeof cellOf>, state: string): readonly string[] =>
  cell.contract.clauses.filter((one) => one.state === state).map(({ clause }) => clause);

const urls = (scheme: string, a: UrlServer, b: UrlServer) =>
  [`url:${scheme}://127.0.0.1:${a.port}`, `url:${scheme}://localhost:${b.port}`] as const;

describe('two servers that run already', () => {
  it('are compared by latency and rate, and a relay proves the contract', async () => {
    const arms = urls('http', await served(), await served());
    const compared = await compare(
      `axes: { reuse: { keep-alive: { connection: { reuse: keep-alive } },
        close: { connection: { reuse: close } }, few: { connection: { reuse: { every: 5 } } } } }`,
      arms,
    );
    for (const id of ['reuse=keep-alive', 'reuse=close', 'reuse=few']) {
      const cell = cellOf(compared, id);
      expect(statesOf(cell, 'unproven')).toEqual([]);
      expect(cell.primary).toBe('latencyMean');
      const gating = cell.metrics.filter((metric) => metric.gating).map(({ metric }) => metric);
      expect(gating).toContain('latencyMean');
      expect(gating).not.toContain('targetCpuPerRequest');
      const codes = cell.warnings.map(({ code }) => code);
      expect(codes).toContain('same-servers');
      expect(codes).toContain('target-cpu-unknown');
    }
    const connections = (id: string) =>
      cellOf(compared, id).contract.clauses.find((one) => one.clause === 'candidate: connections');
    expect(connections('reuse=keep-alive')?.observed).toBe(
      '8 at the client, 8 at the relay (contract launch)',
    );
    expect(connections('reuse=close')?.observed).toMatch(/^(\d+) at the client, \1 at the relay/);
    // No process of ours: none is measured, and none is pinned.
    for (const row of compared.journal) {
      if (row.kind !== 'launch') continue;
      const targets = row.processes.filter(({ part }) => part === 'target');
      expect(targets.map(({ pid, core }) => [pid, core])).toEqual([
        [null, null],
        [null, null],
      ]);
    }
  });

  it.each(['1.2', '1.3'])('speak TLS %s: handshakes, full and resumed, are proven', async (tls) => {
    const [a, b] = [await served({ BENCH_TLS: tls }), await served({ BENCH_TLS: tls })];
    const both = path.join(freshFolder(), 'both.pem');
    writeFileSync(both, [a, b].map(({ authority }) => readFileSync(authority, 'utf8')).join('\n'));
    const compared = await compare(
      `connection: { tls: '${tls}', ca: { file: ${both} }, reuse: close }
axes: { session: { none: { connection: { session: none } }, resumed: { connection: { session: resumed } } } }`,
      urls('https', a, b),
    );
    for (const id of ['session=none', 'session=resumed']) {
      // What is encrypted nobody in between can read.
      expect(statesOf(cellOf(compared, id), 'unproven')).toEqual([
        'baseline: requests',
        'candidate: requests',
      ]);
    }
    for (const row of compared.journal) {
      if (row.kind !== 'contract') continue;
      const { observed, measured } = row.arms.candidate;
      expect(observed.tlsVersions).toEqual([`TLSv${tls}`]);
      const { handshakesFull, handshakesResumed, connections } = measured.relay;
      const [none, all] =
        row.cell === 'session=resumed'
          ? [handshakesFull, handshakesResumed]
          : [handshakesResumed, handshakesFull];
      expect([none, all]).toEqual([0, connections]);
      expect(connections).toBeGreaterThan(0);
    }
  });

  it('prove nothing anew when the report is made again, or the run continued', async () => {
    const arms = urls('http', await served(), await served());
    const compared = await compare('', arms);
    const file = path.join(runFolder(compared.folder), 'journal.ndjson');
    const [, second] = journalOf(compared.folder).filter(({ kind }) => kind === 'launch');
    const rows = readFileSync(file, 'utf8').split('\n');
    const cut = rows.indexOf(JSON.stringify(second));
    writeFileSync(file, `${rows.slice(0, cut).join('\n')}\n`);
    const resumed = await bench(['compare', '--resume', 'latest', '--quiet'], compared.folder);
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    const contracts = journalOf(compared.folder).filter(({ kind }) => kind === 'contract');
    expect(contracts).toHaveLength(1);
    const again = reportOf(compared.folder);
    expect(again.cells[0]?.contract).toEqual(compared.report.cells[0]?.contract);
  });

  it('are sent the Host header of the scenario, which goes before that of the URL', async () => {
    const server = await served({ MODE: 'named', NAME: 'front.example' });
    const of = (host: string) => `target: { url: 'http://localhost:${server.port}' }
scenario: { requests: [{ headers: { host: ${host} } }] }
axes: { version: { v1: { client: { env: { A: '1' } } }, v2: {} } }`;
    const compared = await compare(of('front.example'), ['v1', 'v2']);
    expect(cellOf(compared, 'all').warnings.map(({ code }) => code)).not.toContain('errors');
  });
});

describe('one server for two clients', () => {
  const versions =
    "axes: { version: { v1: { client: { engine: http } }, v2: { client: { engine: 'npm:undici@7' } } } }";

  it('gates by the CPU of the client, as ever', async () => {
    const { port } = await served();
    const compared = await compare(
      `target: { url: 'http://127.0.0.1:${port}' }\nconnection: { reuse: close }\n${versions}`,
      ['v1', 'v2'],
    );
    const cell = cellOf(compared, 'all');
    expect(cell.primary).toBe('cpuPerRequest');
    expect(statesOf(cell, 'unproven')).toEqual([]);
    expect(cell.warnings.map(({ code }) => code)).not.toContain('same-servers');
  });

  it('looks its address up at the resolver of the run', async () => {
    const { port } = await served();
    const compared = await compare(
      `target: { url: 'http://localhost:${port}' }
connection: { reuse: close, dns: per-connection }\n${versions}`,
      ['v1', 'v2'],
    );
    expect(statesOf(cellOf(compared, 'all'), 'unproven')).toEqual([]);
  });

  it('verifies an address, or nothing, over TLS', async () => {
    const server = await served({ BENCH_TLS: '1.3' });
    const url = `https://127.0.0.1:${server.port}`;
    for (const [target, ca] of [
      [`{ url: '${url}' }`, `{ file: ${server.authority} }`],
      [`{ url: '${url}', servername: localhost }`, `{ file: ${server.authority} }`],
      [`{ url: '${url}', verify: false, servername: other.example }`, 'none'],
    ]) {
      const matrix = `target: ${target}\nconnection: { tls: '1.3', ca: ${ca} }\n${versions}`;
      const compared = await compare(matrix, ['v1', 'v2']);
      expect(cellOf(compared, 'all').contract.ok).toBe(true);
    }
  });
});

describe('a program that cannot cooperate', () => {
  it.skipIf(!onPath('wrk'))(
    '(needs wrk) runs whole against a server that runs already: rates gate, and the relay counts',
    async () => {
      const arms = urls('http', await served(), await served());
      const cell = cellOf(await compare('client: { engine: wrk }', arms), 'all');
      expect(cell.primary).toBe('rps');
      expect(statesOf(cell, 'unproven')).toEqual(['baseline: look-ups', 'candidate: look-ups']);
      expect(statesOf(cell, 'proven')).toContain('body bytes per request');
    },
  );
});
