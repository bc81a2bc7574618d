import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  startBench,
  writeMatrix,
} from '../support/bench.ts';
import { onPath } from '../support/on-path.ts';
import { until } from '../support/until.ts';

const burningServer = fileURLToPath(new URL('../fixtures/server/burn.mjs', import.meta.url));
const withWrk = it.skipIf(!onPath('wrk'));

const arms =
  'axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } } }';
// Few connections: on a busy machine eight would queue for longer than pausing can bear.
const brief =
  'scenario: { load: { connections: 2 } }\nmeasure: { launches: 2, sliceTime: 400ms, warmup: 400ms }';
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

describe('engines that are paused by signals', () => {
  withWrk.each(['none', '1.3'])('wrk: counted at both ends, tls %s (needs wrk)', async (tls) => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `client: { engine: wrk }\nconnection: { tls: '${tls}' }\n${arms}\n${brief}\n`,
    );
    const { code, stderr } = await bench([...compare, '--quiet'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const cell = reportOf(folder).cells[0];
    const states = Object.fromEntries(cell?.contract.clauses.map((c) => [c.clause, c.state]) ?? []);
    for (const role of ['baseline', 'candidate']) {
      expect(states[`${role}: requests`]).toBe('proven');
      expect(states[`${role}: connections`]).toBe('proven');
      expect(states[`${role}: handshakes`]).toBe('proven');
    }
    const metrics = cell?.metrics.map(({ metric }) => metric) ?? [];
    expect(metrics).toContain('cpuPerRequest');
    // A latency that holds rests is no latency.
    expect(metrics.filter((metric) => metric.startsWith('latency'))).toEqual([]);
    checkRests(folder);
  });

  it('autocannon: two releases from npm, each with its own dependencies', async () => {
    const folder = freshFolder();
    writeMatrix(folder, `${brief}\n`);
    const releases = ['--baseline', 'npm:autocannon@8.0.0', '--candidate', 'npm:autocannon@9.0.0'];
    const args = ['compare', ...releases, '--fail-on', 'never', '--quiet'];
    const { code, stderr } = await bench(args, folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = reportOf(folder);
    expect(report.cells[0]?.contract.ok).toBe(true);
    expect(report.differences).toContainEqual(
      expect.objectContaining({ key: 'autocannon', baseline: '8.0.0', candidate: '9.0.0' }),
    );
    checkRests(folder);
  });

  withWrk('wrk runs whole where requests are too slow for a rest (needs wrk)', async () => {
    const folder = freshFolder();
    const slow = 'target: { delay: 15ms }';
    writeMatrix(folder, `client: { engine: wrk }\n${slow}\n${arms}\n${brief}\n`);
    const { code, stderr } = await bench([...compare, '--quiet'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = reportOf(folder);
    expect(report.method).toMatchObject({ paused: false, whole: true });
    const clauses = report.cells[0]?.contract.clauses ?? [];
    expect(clauses.filter(({ state }) => state === 'broken')).toEqual([]);
    expect(clauses).toContainEqual(
      expect.objectContaining({ clause: 'candidate: requests', state: 'proven' }),
    );
    const slices = journalOf(folder).flatMap((row) => (row.kind === 'slice' ? [row] : []));
    expect(slices).toHaveLength(8);
    for (const { requests, targetCounts, wallUs } of slices) {
      // Whole runs of 20 × p90, or more; two connections, each with a request in flight at the end.
      expect(wallUs).toBeGreaterThan(300_000);
      expect(Math.abs(requests - (targetCounts?.requests ?? 0))).toBeLessThanOrEqual(2);
    }
  });

  it('autocannon runs whole against a server that does not count', () => seesBurnt('autocannon'));
  withWrk('wrk runs whole against a server that does not count (needs wrk)', () =>
    seesBurnt('wrk'),
  );

  withWrk('a resting wrk does not outlive a run that is killed (needs wrk)', async () => {
    const folder = freshFolder();
    writeMatrix(folder, `client: { engine: wrk }\n${arms}\nmeasure: { launches: 20 }\n`);
    const run = startBench(compare, folder);
    // They rest in turn: what was seen once need not be seen again.
    let found: ReturnType<typeof resting> = [];
    await until(() => {
      found = resting();
      return found.length > 0;
    });
    expect(found.length).toBeGreaterThan(0);
    const [id] = found.map(({ run: of }) => of);
    run.process.kill('SIGKILL');
    await once(run.process, 'close');
    await until(() => markedProcesses(id).length === 0, 2_000);
    expect(markedProcesses(id)).toEqual([]);
  });

  it('refuses what cannot be paused, by name', async () => {
    const folder = freshFolder();
    writeMatrix(folder, `client: { engine: autocannon }\nconnection: { reuse: close }\n${arms}\n`);
    const { code, stderr } = await bench(compare, folder);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'engine autocannon cannot honour connection.reuse: close (it honours: keep-alive)',
    );
  });

  it('refuses to set one that is paused against one that is not', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      'axes: { version: { a: { client: { engine: http } }, b: { client: { engine: wrk } } } }\n',
    );
    const { code, stderr } = await bench(compare, folder);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'compares engine http with wrk, which are not measured in the same way',
    );
  });
});

/** Requests are the program's own count, CPU the server's own: both must hold for the difference to come out. */
async function seesBurnt(engine: string): Promise<void> {
  const folder = freshFolder();
  cpSync(burningServer, path.join(folder, 'burn.mjs'));
  const versions =
    "axes: { version: { a: { target: { env: { BURN_US: '1000' } } }, b: { target: { env: { BURN_US: '4000' } } } } }";
  const target = "target: { start: 'node burn.mjs' }";
  writeMatrix(folder, `client: { engine: ${engine} }\n${target}\n${versions}\n${brief}\n`);
  const { code, stderr } = await bench([...compare, '--quiet'], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [cell] = reportOf(folder).cells;
  expect(cell?.contract).toMatchObject({ ok: true });
  const unproven = cell?.contract.clauses.filter(({ state }) => state === 'unproven') ?? [];
  // By a relay: requests, connections, handshakes. Nobody but the program could know of look-ups.
  expect(unproven.map(({ clause }) => clause)).toEqual([
    'baseline: look-ups',
    'candidate: look-ups',
  ]);
  const burnt = cell?.metrics.find(({ metric }) => metric === 'targetCpuPerRequest');
  const more = (burnt?.candidate ?? 0) - (burnt?.baseline ?? 0);
  // Nearly 3,000 where nobody disturbs: what is beside the burning costs more where the rate is low.
  expect(more).toBeGreaterThan(2_800);
  expect(more).toBeLessThan(3_600);
}

/** Two lengths of slices, the time of each that which was asked for, and an arm that rests burns nothing. */
function checkRests(folder: string): void {
  const rows = journalOf(folder);
  const launches = rows.flatMap((row) => (row.kind === 'launch' ? [row] : []));
  expect(launches.length).toBeGreaterThanOrEqual(2);
  const slices = rows.flatMap((row) => (row.kind === 'slice' ? [row] : []));
  for (const { launch, block, wallUs, clientCpuUs, requests } of slices) {
    const work = launches.find((of) => of.launch === launch)?.work;
    if (work?.kind !== 'time') throw new Error('a paused engine is given time');
    // A timer may be late, and never early by more than its step of 1 ms.
    expect(wallUs / 1000).toBeGreaterThan(work.ms[block % 2 === 0 ? 0 : 1] - 1);
    // One thread of wrk; autocannon's has some more beside it. An arm that ran on while it rested would have burnt more.
    expect(clientCpuUs).toBeLessThan(wallUs * 1.5);
    expect(requests).toBeGreaterThan(0);
  }
}

/** Marked processes in state T. */
function resting(): { readonly run: string }[] {
  return markedProcesses().flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const run = /BENCH_RUN=([^\0]+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1];
      return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T') && run !== undefined
        ? [{ run }]
        : [];
    } catch {
      return [];
    }
  });
}
