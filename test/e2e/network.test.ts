import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CellReport } from '../../src/model/report.ts';
import { bench, cli, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

const servers = fileURLToPath(new URL('../fixtures/server/', import.meta.url));
const arms =
  'axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } } }';
const short = 'measure: { launches: 2, sliceTime: 100ms, warmup: 100ms }';
const compare = [
  'compare',
  '--no-profile',
  '--baseline',
  'a',
  '--candidate',
  'b',
  '--fail-on',
  'never',
  '--quiet',
];

/** The servers lie beside the matrix file. */
function project(...matrix: string[]): string {
  const folder = freshFolder();
  cpSync(servers, folder, { recursive: true });
  writeMatrix(folder, [arms, ...matrix].join('\n'));
  return folder;
}

async function cellOf(folder: string): Promise<CellReport | undefined> {
  expect(await bench(compare, folder)).toMatchObject({ code: 0, stderr: '' });
  return reportOf(folder).cells[0];
}

const warningOf = (cell: CellReport | undefined, code: string) =>
  cell?.warnings.find((warning) => warning.code === code);

describe.skipIf(process.platform !== 'linux')('what the kernel counts of TCP (on Linux)', () => {
  it('is in the journal for each launch and arm, and holds what the clients opened', async () => {
    const folder = project(
      'connection: { reuse: close }',
      'measure: { launches: 2, sliceTime: 3s, warmup: 100ms }',
    );
    const cell = await cellOf(folder);
    const journal = journalOf(folder);
    const rows = journal.flatMap((row) => (row.kind === 'network' ? [row] : []));
    expect(rows.map(({ launch, role }) => `${launch} ${role}`)).toEqual([
      ...['1 baseline', '1 candidate', '2 baseline', '2 candidate'],
    ]);
    for (const { launch, role, seconds, descriptors } of rows) {
      for (const ms of seconds.ms.slice(0, -1)) expect(ms).toBeGreaterThanOrEqual(1_000);
      const own = journal.flatMap((row) =>
        row.kind === 'slice' && row.launch === launch && row.role === role ? [row] : [],
      );
      // Each second is rounded to a millisecond.
      const ran = seconds.ms.reduce((sum, ms) => sum + ms, seconds.ms.length);
      expect(ran).toBeGreaterThan(own.reduce((sum, { wallUs }) => sum + wallUs, 0) / 1_000);
      const opened = seconds.opened.reduce<number>((sum, n) => sum + (n ?? 0), 0);
      const counted = own.reduce((sum, { counts }) => sum + (counts?.connections ?? 0), 0);
      expect(counted).toBeGreaterThan(0);
      expect(opened).toBeGreaterThanOrEqual(counted);
      expect(descriptors.client?.limit).toBeGreaterThan(descriptors.client?.open ?? 0);
    }
    const { baseline, candidate } = cell?.network ?? {};
    expect(baseline?.totals.opened).toBeGreaterThan(0);
    expect(candidate?.seconds.opened).toHaveLength(candidate?.launch.length ?? 0);
  });
});

describe.skipIf(process.platform !== 'linux')('what ran out is named (on Linux)', () => {
  it('file descriptors of a client', async () => {
    const folder = project(
      'scenario: { load: { model: closed, connections: 100 } }',
      'client: { runtime: ./limited.sh }',
      short,
    );
    const script = path.join(folder, 'limited.sh');
    writeFileSync(script, `#!/bin/sh\nulimit -n 64\nexec ${process.execPath} "$@"\n`);
    chmodSync(script, 0o755);
    const cell = await cellOf(folder);
    expect(warningOf(cell, 'file-descriptors')).toMatchObject({
      message:
        'no file descriptor was left (baseline and candidate; `ulimit -n` of the client is 64)',
      next: expect.stringContaining('ulimit -n 65536'),
    });
  });

  it('file descriptors of a target, which only closes what it has none for', async () => {
    const cell = await cellOf(
      project(
        'scenario: { load: { model: closed, connections: 100 } }',
        "target: { start: 'ulimit -n 64; exec node freeze.mjs' }",
        short,
      ),
    );
    expect(warningOf(cell, 'file-descriptors')?.message).toBe(
      'the target has no file descriptors for 100 connections at the same time (baseline and candidate; `ulimit -n` of the target is 64)',
    );
  });

  it('room in the queue of a listening socket', async () => {
    const cell = await cellOf(
      project(
        'scenario: { load: { model: closed, connections: 4 } }',
        "target: { start: 'node short-queue.mjs' }",
        'connection: { reuse: close }',
        short,
      ),
    );
    expect(warningOf(cell, 'listen-queue')?.message).toMatch(
      /^the queue of a listening socket was full: connections were turned away \d+ times \(baseline and candidate; /,
    );
  });
});

/** What a user who is not root may do too, where the system lets them. */
const isolated = ['--map-root-user', '--net', 'sh', '-c'];
const inNetwork = (ports: string): string =>
  `ip link set lo up && sysctl -qw net.ipv4.ip_local_port_range='${ports}' && exec "$@"`;
const canIsolate = (() => {
  try {
    execFileSync('unshare', [...isolated, inNetwork('40000 40031'), 'sh', 'true']);
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!canIsolate)(
  canIsolate
    ? 'in a network of its own'
    : 'in a network of its own (skipped: unshare --map-root-user --net is not permitted here)',
  () => {
    it('names ephemeral ports that ran out, in the one line of what failed', async () => {
      const folder = project(
        "target: { start: 'node client-closes.mjs' }",
        'connection: { reuse: close }',
        short,
      );
      const command = [...isolated, inNetwork('40000 40031'), 'sh', process.execPath, cli];
      const run = spawn('unshare', [...command, ...compare], { cwd: folder, stdio: 'ignore' });
      expect(await once(run, 'close')).toEqual([0, null]);
      const cell = reportOf(folder).cells[0];
      expect(cell?.verdict).toBe('invalid');
      expect(cell?.reason?.split('\n')[0]).toMatch(
        /; no ephemeral port was left \(32 in net\.ipv4\.ip_local_port_range; \d+ sockets in TIME_WAIT\)\. Keep connections, or widen the range/,
      );
      const [first] = journalOf(folder).flatMap((row) => (row.kind === 'void' ? [row] : []));
      expect(first?.reason).toMatch(/: connect EADDRNOTAVAIL .*; no ephemeral port was left/);
      expect(first?.network?.limits.ports).toBe(32);
      expect(warningOf(cell, 'ephemeral-ports')).toBeDefined();
    });
  },
);

const descriptors = Number(
  /^Max open files +\d+ +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1],
);

describe('open load that nobody answers', () => {
  it.skipIf(descriptors < 12_000)('fails in one line that says what to do', async () => {
    const cell = await cellOf(
      project(
        'scenario: { load: { model: open, rate: 50000 } }',
        "target: { start: 'node silent.mjs', ready: { path: /ready } }",
        short,
      ),
    );
    expect(cell?.reason).toMatch(
      /^[^\n]*client of [^\n]* failed: 10000 requests of one worker are unanswered[^\n]*Lower it$/,
    );
  });
});
