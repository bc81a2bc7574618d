import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  writeMatrix,
} from '../support/bench.ts';
import { lacksPython } from '../support/python.ts';

const lacking = await lacksPython();
const withLocust = (name: string, test: () => Promise<void>): void =>
  it.skipIf(lacking !== null)(`${name}${lacking === null ? '' : ` (${lacking})`}`, test);

/** Each as pip took it on its day. Of ConfigArgParse all that they could use was yanked since. */
const client = (version: string, asOf: string): string =>
  `{ client: { engine: locust@${version}, asOf: ${asOf}, with: { configargparse: '1.7' } } }`;
const versions = `version: { old: ${client('2.17.0', '2023-10-10')}, new: ${client('2.26.0', '2024-04-20')} }`;
const brief = `gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }`;
const compare = [
  'compare',
  '--no-profile',
  '--baseline',
  'old',
  '--candidate',
  'new',
  '--fail-on',
  'never',
];

const clausesOf = (folder: string) =>
  reportOf(folder).cells.map(({ id, contract }) => ({
    id,
    open: contract.clauses.filter(({ state, clause }) =>
      // Python does not tell what key was exchanged.
      clause === 'key exchange' ? state !== 'unproven' : state !== 'proven',
    ),
  }));
const nothingOpen = (folder: string) => reportOf(folder).cells.map(({ id }) => ({ id, open: [] }));

describe('real Locust, 2.17.0 against 2.26.0 on Python 3.11', () => {
  withLocust('keeps the contract of every mode', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `client: { runtime: python@3.11, engine: locust@2.17.0 }
scenario: { load: { connections: 3 } }
axes:
  ${versions}
  mode:
    keep-alive: {}
    close: { connection: { reuse: close } }
    tls: { connection: { tls: 1.3 } }
    tls-close-shared: { connection: { tls: 1.3, reuse: close } }
    tls-close-per-connection: { connection: { tls: 1.2, reuse: close, context: per-connection } }
    tls-close-library: { connection: { tls: 1.3, reuse: close, context: library } }
    tls-every-fast: { client: { userClass: FastHttpUser }, connection: { tls: 1.3, reuse: { every: 4 } } }
    tls-close-per-connection-fast: { client: { userClass: FastHttpUser }, connection: { tls: 1.3, reuse: close, context: per-connection } }
${brief}
`,
    );
    const { code, stderr } = await bench([...compare, '--quiet'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(clausesOf(folder)).toEqual(nothingOpen(folder));
    // The requests of both days load the bundle for each connection.
    const { cells } = reportOf(folder);
    const library = cells.find(({ id }) => id === 'mode=tls-close-library');
    const contexts = library?.contract.clauses.filter(({ clause }) => clause.endsWith('contexts'));
    expect(contexts).toHaveLength(2);
    for (const { observed } of contexts ?? []) {
      const [, made, connections] = /^(\d+) for (\d+) connections$/.exec(observed) ?? [];
      expect(Number(made)).toBeGreaterThan(0);
      expect(made).toBe(connections);
    }
    for (const { metrics } of cells) {
      const p50 = metrics.find(({ metric }) => metric === 'latencyP50');
      expect(p50?.baseline).toBeGreaterThan(0);
      expect(p50?.candidate).toBeGreaterThan(0);
    }
  });

  withLocust(
    'a master spreads the users over two workers, each of which is counted and metered',
    async () => {
      const folder = freshFolder();
      writeMatrix(
        folder,
        `client: { runtime: python@3.11, engine: locust@2.17.0, workers: 2 }
scenario:
  requests: [{ path: /a, weight: 2 }, { method: POST, path: /b, body: hello, weight: 1 }]
  load: { connections: 3 }
connection: { tls: 1.3, reuse: close }
axes: { ${versions} }
${brief}
`,
      );
      const { code, stderr } = await bench([...compare, '--quiet'], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(clausesOf(folder)).toEqual(nothingOpen(folder));
      for (const row of journalOf(folder)) {
        if (row.kind === 'launch') {
          const clients = row.processes.filter(({ part }) => part === 'client');
          expect(new Set(clients.map(({ pid }) => pid)).size).toBe(4);
        } else if (row.kind === 'slice') {
          expect(row.clientCpuUs).toBeGreaterThan(0);
          expect(row.requests).toBeGreaterThan(0);
        }
      }
    },
  );

  withLocust('paced users send at their rate', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `client: { runtime: python@3.11, engine: locust@2.17.0 }
scenario: { load: { model: constant-throughput, users: 6, perUser: 10 } }
axes: { ${versions} }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 2s, warmup: 200ms }
`,
    );
    const { code, stderr } = await bench([...compare, '--quiet'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(clausesOf(folder)).toEqual(nothingOpen(folder));
    const [cell] = reportOf(folder).cells;
    const achieved = cell?.metrics.find(({ metric }) => metric === 'achievedRate');
    // Never above what was intended, but for a request at each edge of a window.
    for (const of of [achieved?.baseline, achieved?.candidate]) expect(of).toBeLessThan(1.1);
  });

  withLocust(
    "a user's file runs; a worker that is killed makes its launch void, and nothing is left",
    async () => {
      const folder = freshFolder();
      writeFileSync(
        path.join(folder, 'own.py'),
        `import os, signal
from locust import FastHttpUser, HttpUser, SequentialTaskSet, between, task

FIRST = os.path.join(os.path.dirname(__file__), "first")

class Flow(SequentialTaskSet):
    wait_time = between(5, 9)

    @task
    def one(self):
        self.client.get("/one")
        self.client.post("/two", json={"a": 1})

    @task
    def last(self):
        self.interrupt()

class Slow(HttpUser):
    wait_time = between(5, 9)
    tasks = [Flow]

    def on_start(self):
        self.client.get("/login")

class Fast(FastHttpUser):
    wait_time = between(5, 9)
    sent = 0

    @task
    def three(self):
        self.client.get("/three")
        self.sent += 1
        if self.sent == 5 and not os.path.exists(FIRST):
            open(FIRST, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
`,
      );
      writeMatrix(
        folder,
        `client: { runtime: python@3.11, engine: locust@2.17.0, file: own.py }
scenario: { load: { connections: 4 } }
connection: { tls: 1.3, context: library }
axes: { ${versions} }
${brief}
`,
      );
      const { code } = await bench([...compare, '--quiet'], folder);
      expect(code).toBe(0);
      expect(clausesOf(folder)).toEqual(nothingOpen(folder));
      const rows = journalOf(folder);
      const voids = rows.flatMap((row) => (row.kind === 'void' ? [row.reason] : []));
      expect(voids).toHaveLength(1);
      expect(voids[0]).toMatch(/^client of .* worker 0 \(pid \d+\) was ended by SIGKILL$/);
      expect(rows.filter(({ kind }) => kind === 'finish')).toHaveLength(2);
      expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
    },
  );

  withLocust('a file that cannot be run is one line', async () => {
    const files = {
      'imports.py': ['import nope', "imports.py:1: ModuleNotFoundError: No module named 'nope'"],
      'nobody.py': ['import locust', 'nobody.py: No User class found!'],
      'shape.py': [
        `from locust import HttpUser, LoadTestShape, task
class A(HttpUser):
    @task
    def a(self):
        self.client.get("/")
class Shape(LoadTestShape):
    def tick(self):
        return None`,
        'shape.py: it has a LoadTestShape, and the load is what scenario.load says. Remove it',
      ],
    };
    for (const [name, [text = '', said]] of Object.entries(files)) {
      const folder = freshFolder();
      writeFileSync(path.join(folder, name), text);
      writeMatrix(
        folder,
        `client: { runtime: python@3.11, engine: locust@2.17.0, file: ${name} }
axes: { ${versions} }
${brief}
`,
      );
      const { code, stderr } = await bench([...compare, '--quiet'], folder);
      const lines = stderr.split('\n').filter((line) => line.startsWith('bench:'));
      expect({ code, lines }).toEqual({
        ...{ code: 2, lines: [`bench: ${path.join(folder, said ?? '')}`] },
      });
      expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
    }
  });
});
