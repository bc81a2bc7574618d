import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JournalRow } from '../../src/model/journal.ts';
import { cacheFolder } from '../../src/subject/cache.ts';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  startBench,
  writeMatrix,
} from '../support/bench.ts';
import { Hosts, whyNoHosts } from '../support/hosts.ts';
import { until } from '../support/until.ts';
import { findProgram } from '../../src/machine/files.ts';

const missing = ['python3', 'curl'].find(
  (program) => findProgram(program, process.env.PATH ?? '') === null,
);
const noLocust = missing === undefined ? null : `${missing} is missing`;
const noHosts = noLocust ?? whyNoHosts();
const titled = (title: string, why: string | null): string =>
  why === null ? title : `${title} (skipped: ${why})`;

const matrix = (workers: string, measure: string): string => `
scenario: { load: { model: closed, connections: 2 } }
client: { workers: ${workers} }
axes:
  version:
    2.17.0: { client: { engine: locust@2.17.0 } }
    2.26.0: { client: { engine: locust@2.26.0 } }
gate: { sensitivity: 90% }
measure: ${measure}
`;
const compared = ['compare', '--baseline', '2.17.0', '--candidate', '2.26.0', '--fail-on', 'never'];

/** Where the programs of an arm's release are: its master runs on the Python beside them. */
function programsOf(release: string): string {
  const masters = readdirSync('/proc').flatMap((entry) => {
    const [python = '', script = ''] = argumentsOf(entry);
    const isOurs = script.endsWith('remote_master.py') && python.includes(`locust-${release}-`);
    return isOurs ? path.dirname(python) : [];
  });
  const [folder] = masters;
  if (folder === undefined) throw new Error(`no master of Locust ${release} runs`);
  return folder;
}

/** Of a process; none of one that is gone, and of what is no process. */
function argumentsOf(entry: string): readonly string[] {
  try {
    return readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** What bench says is to be run on the other machines, by arm. */
function invitations(stderr: string): ReadonlyMap<string, string> {
  const said = stderr.matchAll(/^(?:baseline|candidate) (\S+): start .*:\n {2}(.+)$/gm);
  return new Map([...said].map(([, arm = '', command = '']) => [arm, command]));
}

const releases = ['2.17.0', '2.26.0'] as const;
type Started = ReturnType<typeof startBench>;

/** What is to be run for each arm, once a run has said it. */
async function invited({
  process: child,
  finished,
}: Started): Promise<ReadonlyMap<string, string>> {
  let said = '';
  child.stderr?.on('data', (text: string) => {
    said += text;
  });
  await until(() => invitations(said).size === 2 || child.exitCode !== null, 120_000);
  if (child.exitCode !== null) throw new Error((await finished).stderr);
  return invitations(said);
}

const journalSoFar = (cwd: string): string => {
  const runs = path.join(cwd, 'reports');
  const [run = ''] = existsSync(runs) ? readdirSync(runs) : [];
  const file = path.join(runs, run, 'journal.ndjson');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

const ofKind = <K extends JournalRow['kind']>(rows: readonly JournalRow[], kind: K) =>
  rows.filter((row): row is Extract<JournalRow, { kind: K }> => row.kind === kind);

describe('workers on other machines', () => {
  let hosts: Hosts | null = null;
  let started: ChildProcess[] = [];
  afterEach(() => {
    hosts?.close();
    hosts = null;
    for (const { pid, exitCode, signalCode } of started)
      if (pid !== undefined && exitCode === null && signalCode === null)
        process.kill(-pid, 'SIGKILL');
    started = [];
  });

  it.skipIf(noHosts !== null)(
    titled('five of each arm; one dies in the middle and another takes its place', noHosts),
    async () => {
      const there = new Hosts(5);
      hosts = there;
      const cwd = freshFolder();
      writeMatrix(
        cwd,
        matrix(
          `{ expect: 5, listen: ${there.here}, within: 90s }`,
          '{ launches: 3, sliceTime: 2s, warmup: 600ms }',
        ),
      );
      const run = startBench([...compared, '--allow-remote'], cwd);
      const commands = await invited(run);
      const startAll = (host: number): void => {
        for (const [release, command] of commands) there.start(host, command, programsOf(release));
      };
      there.addresses.forEach((_, host) => {
        startAll(host);
      });
      await until(
        () => journalSoFar(cwd).includes('"kind":"finish"') || run.process.exitCode !== null,
        120_000,
      );
      there.kill(2);
      startAll(2);
      const { code, stdout, stderr } = await run.finished;
      expect(stderr).toContain(
        `5 workers on other machines, each with a python3 that has locust==2.17.0`,
      );
      expect(code, stderr).toBe(0);

      const rows = journalOf(cwd);
      const voids = ofKind(rows, 'void');
      expect(voids.length).toBeGreaterThan(0);
      expect(voids[0]?.reason).toContain(`the worker at ${there.addresses[2]} was lost`);
      expect(ofKind(rows, 'finish')).toHaveLength(3);

      const { cells, warnings, baseline, candidate, sentence } = reportOf(cwd);
      const [cell] = cells;
      expect(cell?.launches).toBe(3);
      expect(cell?.voidLaunches).toBe(voids.length);
      expect(cell?.contract.clauses.filter(({ state }) => state === 'broken')).toEqual([]);
      expect(cell?.contract.ok).toBe(true);
      expect(cell?.onePair).toBe(true);
      expect(['regression', 'improvement']).not.toContain(cell?.verdict);
      expect(sentence).toContain('2.26.0 against 2.17.0, of one pair');
      expect(stdout).toContain('Of one pair, and so weaker');
      expect(warnings.map(({ code }) => code)).toContain('one-pair');
      expect(cell?.workers.candidate.map(({ worker }) => worker)).toEqual([0, 1, 2, 3, 4]);
      for (const { rps, cpuUtilisation } of cell?.workers.candidate ?? []) {
        expect(rps).toBeGreaterThan(0);
        expect(cpuUtilisation).toBeGreaterThan(0);
      }
      expect([baseline.fingerprint.locust, candidate.fingerprint.locust]).toEqual(releases);
      // They are told to end with the run.
      await there.ended();
      expect(markedProcesses(path.basename(path.dirname(cwd)))).toEqual([]);
    },
  );

  const here = (more: string): string =>
    matrix(
      `{ expect: 1, listen: 127.0.0.1, ${more} }`,
      '{ launches: 3, sliceTime: 1s, warmup: 300ms }',
    );
  /** On this machine. */
  function startWorker(release: string, command: string): ChildProcess {
    const env = { ...process.env, PATH: `${programsOf(release)}:${process.env.PATH}` };
    const options = { cwd: freshFolder(), env, detached: true, stdio: 'ignore' } as const;
    const child = spawn('/bin/sh', ['-c', `${command.replace('&& ', '&& exec ')}`], options);
    started.push(child);
    return child;
  }
  it.skipIf(noLocust !== null)(
    titled('one that does not come back ends the run, and what was measured is kept', noLocust),
    async () => {
      const cwd = freshFolder();
      writeMatrix(cwd, here('within: 20s'));
      const run = startBench([...compared, '--set', 'client.workers.within=20s'], cwd);
      const commands = await invited(run);
      const workers = [...commands].map(([release, command]) => startWorker(release, command));
      await until(
        () => journalSoFar(cwd).includes('"kind":"finish"') || run.process.exitCode !== null,
        120_000,
      );
      workers[1]?.kill('SIGKILL');
      const { code, stderr } = await run.finished;
      expect(stderr).toMatch(
        /^bench: candidate 2\.26\.0: 0 of 1 workers have come after 20 s\. Start the others with `.*`, or raise client\.workers\.within\.$/m,
      );
      expect(code).toBe(3);
      const rows = journalOf(cwd);
      expect(ofKind(rows, 'finish').length).toBeGreaterThan(0);
      expect(ofKind(rows, 'end')[0]?.state).toBe('failed');
      const shown = await bench(['report', 'latest', '--format', 'json', '--out', '-'], cwd);
      expect(JSON.parse(shown.stdout)).toMatchObject({ state: 'failed' });
    },
  );

  it.skipIf(noLocust !== null)(
    titled('one of another release is refused by name', noLocust),
    async () => {
      const cwd = freshFolder();
      writeMatrix(cwd, here('within: 60s'));
      const run = startBench(compared, cwd);
      const commands = await invited(run);
      startWorker('2.17.0', commands.get('2.26.0') ?? '');
      const { code, stderr } = await run.finished;
      expect(stderr).toContain(
        'candidate 2.26.0: the worker at 127.0.0.1 runs Locust 2.17.0, and this arm Locust 2.26.0.',
      );
      expect(code).toBe(2);
    },
  );

  it.skipIf(noLocust !== null)(
    titled('restarted before each launch nothing is capped', noLocust),
    async () => {
      const cwd = freshFolder();
      const script = path.join(cwd, 'restart');
      // A worker on this machine, in place of one that ssh starts elsewhere.
      writeFileSync(
        script,
        `echo "$BENCH_WORKER_NEEDS" >> '${cwd}/restarts'
release=\${BENCH_WORKER_NEEDS#locust==}
programs=$(ls -d '${cacheFolder(process.env)}'/environments/locust-$release-*-a/bin | head -1)
cd "$(mktemp -d)" && PATH="$programs:$PATH" setsid sh -c "$BENCH_WORKER_COMMAND" > /dev/null 2>&1 &
`,
      );
      writeMatrix(cwd, here(`within: 60s, restart: 'sh ${script}'`));
      const { code, stderr } = await bench(compared, cwd);
      expect(code, stderr).toBe(0);
      expect(stderr).not.toContain('start 1 worker');
      const restarts = readFileSync(path.join(cwd, 'restarts'), 'utf8').trim().split('\n');
      const rows = journalOf(cwd);
      const launches = ofKind(rows, 'launch').length + ofKind(rows, 'void').length;
      expect(restarts.filter((needs) => needs === 'locust==2.17.0')).toHaveLength(launches);
      const { cells, warnings, sentence } = reportOf(cwd);
      expect(cells[0]?.launches).toBe(3);
      expect(cells[0]?.onePair).toBe(false);
      expect(warnings.map(({ code }) => code)).not.toContain('one-pair');
      expect(sentence).not.toContain('of one pair');
    },
  );

  it('other machines take part only where somebody says so', async () => {
    const cwd = freshFolder();
    writeMatrix(cwd, matrix('{ expect: 1, listen: 192.0.2.1 }', '{ launches: 2 }'));
    const { code, stderr } = await bench(compared, cwd);
    expect(stderr).toContain('other machines can reach 192.0.2.1');
    expect(stderr).toContain('--allow-remote');
    expect(code).toBe(2);
  });
});
