import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalRow } from '../../src/model/journal.ts';
import type { CellReport } from '../../src/model/report.ts';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  startBench,
  writeMatrix,
} from '../support/bench.ts';
import { until } from '../support/until.ts';

const brief = `gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }
`;
const runtimes = `version: { old: { client: { runtime: node@16.20.2 } }, new: { client: { runtime: current } } }`;
const roles = ['--baseline', 'old', '--candidate', 'new'];

async function compare(matrix: string, ...more: string[]) {
  const folder = freshFolder();
  writeMatrix(folder, `${matrix}\n${brief}`);
  const args = ['compare', ...roles, '--no-profile', '--fail-on', 'never', '--quiet', ...more];
  const { code, stderr } = await bench(args, folder);
  expect(stderr).toBe('');
  return { code, cells: reportOf(folder).cells, rows: journalOf(folder) };
}

const notProven = (cells: readonly CellReport[]) =>
  cells.flatMap(({ id, contract }) =>
    contract.clauses.filter(({ state }) => state !== 'proven').map((clause) => ({ id, ...clause })),
  );

/** Look-ups at the client and queries at the resolver, by arm of each launch, from its first process on. */
function countsOf(rows: readonly JournalRow[]) {
  const arms = new Map<string, { lookups: number; again: number; queries: number }>();
  const add = (key: string, lookups: number, again: number, queries: number): void => {
    const known = arms.get(key) ?? { lookups: 0, again: 0, queries: 0 };
    arms.set(key, {
      lookups: known.lookups + lookups,
      again: known.again + again,
      queries: known.queries + queries,
    });
  };
  for (const row of rows) {
    if (row.kind === 'launch')
      for (const role of ['baseline', 'candidate'] as const) {
        const { client, resolver } = row.opened[role];
        add(
          `${row.launch} ${role}`,
          ...[client?.lookups ?? 0, client?.lookupsAgain ?? 0, resolver?.queries ?? 0],
        );
      }
    if (row.kind === 'slice')
      add(
        `${row.launch} ${row.role}`,
        ...[row.counts?.lookups ?? 0, row.counts?.lookupsAgain ?? 0, row.resolver?.queries ?? 0],
      );
  }
  return [...arms.values()];
}

/** The same number; on a machine that stands still for a second a query may be sent again. */
function expectSameAtBothEnds(rows: readonly JournalRow[]): void {
  const arms = countsOf(rows);
  expect(arms.length).toBeGreaterThan(0);
  for (const { lookups, again, queries } of arms) {
    expect(lookups).toBeGreaterThan(0);
    expect(queries).toBeGreaterThanOrEqual(lookups);
    expect(queries).toBeLessThanOrEqual(lookups + again);
  }
}

describe('every mode of look-ups (literal: modes.test.ts)', () => {
  it('keeps its promise, counted at the client and at the resolver, on Node 16 and this one', async () => {
    const { code, cells, rows } = await compare(
      `axes:
  ${runtimes}
  tls: { none: { connection: { tls: none } }, '1.3': { connection: { tls: 1.3 } } }
  reuse:
    keep-alive: { connection: { reuse: keep-alive } }
    close: { connection: { reuse: close } }
    every: { connection: { reuse: { every: 7 } } }
  dns: { cached: { connection: { dns: cached } }, per-connection: { connection: { dns: per-connection } } }
exclude: [{ reuse: keep-alive, dns: per-connection }, { reuse: every, tls: '1.3' }]`,
      ...['--workers', '2'],
    );
    expect(code).toBe(0);
    expect(cells).toHaveLength(8);
    expect(notProven(cells)).toEqual([]);
    expectSameAtBothEnds(rows);
    for (const { variants, contract } of cells) {
      const lookups = contract.clauses.filter(({ clause }) => clause.endsWith('look-ups'));
      expect(lookups.map(({ clause }) => clause)).toEqual([
        'baseline: look-ups',
        'candidate: look-ups',
      ]);
      for (const { expected } of lookups)
        expect(expected).toMatch(
          variants.dns === 'cached' ? /^2: one per worker/ : /^\d{2,}: one per connection$/,
        );
    }
  }, 240_000);

  it('holds for undici, which is given the same look-up', async () => {
    const { cells, rows } = await compare(`client: { engine: undici }
axes:
  version: { old: { client: { env: { ARM: a } } }, new: { client: { env: { ARM: b } } } }
  tls: { none: { connection: { tls: none } }, '1.3': { connection: { tls: 1.3 } } }
  dns: { cached: { connection: { dns: cached } }, per-connection: { connection: { dns: per-connection } } }
connection: { reuse: close }`);
    expect(cells).toHaveLength(4);
    expect(notProven(cells)).toEqual([]);
    expectSameAtBothEnds(rows);
  });

  it('holds for paced load, and for one client that sends to both arms', async () => {
    const paced = await compare(`axes: { ${runtimes} }
scenario: { load: { model: open, rate: 100 } }
connection: { reuse: close, dns: per-connection }`);
    expect(notProven(paced.cells)).toEqual([]);
    expectSameAtBothEnds(paced.rows);

    const shared = await compare(`axes:
  version: { old: { target: { env: { ARM: a } } }, new: { target: { env: { ARM: b } } } }
  dns: { cached: { connection: { dns: cached } }, per-connection: { connection: { dns: per-connection } } }
connection: { tls: 1.3, reuse: close }`);
    expect(shared.cells.map(({ clients }) => clients)).toEqual(['shared', 'shared']);
    expect(notProven(shared.cells)).toEqual([]);
    expectSameAtBothEnds(shared.rows);
    for (const row of shared.rows) {
      if (row.kind !== 'launch') continue;
      const resolvers = row.processes.filter(({ part }) => part === 'resolver');
      expect(resolvers.map(({ role }) => role)).toEqual(['baseline', 'candidate']);
      expect(new Set(resolvers.map(({ port }) => port)).size).toBe(2);
    }
  });
});

describe('a server of the user’s', () => {
  it('is asked for by its name and port, and look-ups are proven though it does not count', async () => {
    const folder = freshFolder();
    const server = path.join(folder, 'server.mjs');
    writeFileSync(
      server,
      `import { appendFileSync } from 'node:fs';
import http from 'node:http';
const { PORT } = process.env;
const seen = new Set();
http.createServer(({ headers: { host } }, response) => {
  if (!seen.has(host)) appendFileSync('${folder}/hosts', host + '\\n');
  seen.add(host);
  response.end();
}).listen(PORT, '127.0.0.1');
`,
    );
    const { code, cells, rows } = await compare(`axes: { ${runtimes} }
target: { start: '${process.execPath} ${server}' }
connection: { reuse: close, dns: per-connection }`);
    expect(code).toBe(0);
    const clauses = cells.flatMap(({ contract }) => contract.clauses);
    const stateOf = (name: string) =>
      clauses.filter(({ clause }) => clause.endsWith(name)).map(({ state }) => state);
    expect(stateOf(': look-ups')).toEqual(['proven', 'proven']);
    expect(stateOf(': connections')).toEqual(['proven', 'proven']);
    const ports = rows.flatMap((row) =>
      row.kind === 'launch'
        ? row.processes.filter(({ part }) => part === 'target').map(({ port }) => port)
        : [],
    );
    const hosts = readFileSync(path.join(folder, 'hosts'), 'utf8');
    expect(ports).toHaveLength(4);
    for (const port of ports) expect(hosts).toContain(`target.bench.test:${port}\n`);
    const errors = rows.map((row) => (row.kind === 'slice' ? row.errors : 0));
    expect(errors.reduce((sum, some) => sum + some, 0)).toBe(0);
    expectSameAtBothEnds(rows);
  });
});

describe('a resolver that is slow', () => {
  it('adds at least its delay to the latency of each request that waits for it', async () => {
    const { cells } = await compare(`axes: { ${runtimes} }
connection: { reuse: close, dns: { lookup: per-connection, delay: 20ms } }`);
    expect(notProven(cells)).toEqual([]);
    const p50 = cells[0]?.metrics.find(({ metric }) => metric === 'latencyP50');
    // Timers count in whole ms, and so may be up to one early.
    expect(p50?.baseline).toBeGreaterThanOrEqual(19_000);
    expect(p50?.candidate).toBeGreaterThanOrEqual(19_000);
  });

  it.each(['cached', 'per-connection'])(
    '%s: never in time fails the requests, by name',
    async (lookup) => {
      const { cells } = await compare(`axes: { ${runtimes} }
client: { requestTimeout: 2s }
connection: { reuse: close, dns: { lookup: ${lookup}, delay: 1h } }`);
      expect(cells[0]?.verdict).toBe('invalid');
      expect(cells[0]?.reason).toMatch(
        /all \d+ requests of a slice failed: look-up of target\.bench\.test: no answer within 1000 ms$/,
      );
    },
  );
});

describe('a run with resolvers that is killed', () => {
  it('leaves none of them', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `axes: { ${runtimes} }\nconnection: { reuse: close, dns: per-connection }\n${brief}`,
    );
    const run = startBench(['compare', ...roles], folder);
    const marked = (): number[] => markedProcesses(path.basename(runFolder(folder)));
    const isResolver = (pid: number): boolean => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('resolver/main.js');
      } catch {
        return false;
      }
    };
    await once(run.process.stderr ?? run.process, 'data');
    await until(() => {
      try {
        return marked().some(isResolver);
      } catch {
        return false;
      }
    });
    expect(marked().some(isResolver)).toBe(true);
    run.process.kill('SIGKILL');
    await once(run.process, 'close');
    await until(() => marked().length === 0, 2_000);
    expect(marked()).toEqual([]);
  });
});
