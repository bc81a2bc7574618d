import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCpuProfile } from '../../src/analysis/profile/cpu-profile.ts';
import type { TakenProfile } from '../../src/model/profile.ts';
import type { Report } from '../../src/model/report.ts';
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

const fixture = (file: string): string =>
  fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));

const measure =
  'measure: { launches: 3, sliceTime: 600ms, warmup: 300ms }\ngate: { sensitivity: 90% }';

/** A server that renders for much longer in one arm. @param env of both */
function rendering(env = ''): string {
  const folder = freshFolder();
  copyFileSync(fixture('server/renders.mjs'), path.join(folder, 'renders.mjs'));
  writeMatrix(
    folder,
    `
target: { start: 'node renders.mjs', env: { ${env} } }
axes:
  version:
    old: { target: { env: { RENDER_ROUNDS: '20000' } } }
    new: { target: { env: { RENDER_ROUNDS: '800000' } } }
${measure}
`,
  );
  return folder;
}

const compare = ['compare', '--baseline', 'old', '--candidate', 'new', '--quiet'];
/** Whatever the verdict is, which two launches cannot give. */
const profileAll = [...compare, '--profile', 'all', '--launches', '2', '--fail-on', 'never'];

const taken = ({ cells: [cell] }: Report): readonly TakenProfile[] =>
  (cell?.profiles ?? []).filter((profile) => profile.state === 'taken');

/** Whatever else ran here: that no process of the run did any more. */
const expectNothingLeft = (folder: string): void =>
  expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);

/** Where the system has it: a server that is no Node. */
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the profiles of a cell that got worse', () => {
  it('name what was planted in a server, and lie in files that can be opened', async () => {
    const folder = rendering();
    const { code, stdout } = await bench(compare, folder);
    expect(code, stdout).toBe(1);
    const [target] = taken(reportOf(folder));
    expect(reportOf(folder).cells[0]?.profiles).toMatchObject([
      { part: 'target', state: 'taken' },
      { part: 'client', state: 'impossible', reason: 'both arms share the client' },
    ]);
    expect(target?.functions[0]).toMatchObject({
      ...{ name: 'renderPage', file: 'renders.mjs' },
      ...{ origin: { kind: 'own', name: 'renders.mjs' }, line: { baseline: 6, candidate: 6 } },
    });
    expect(target?.functions[0]?.share).toBeGreaterThan(0.5);
    expect(target?.origins[0]?.origin).toEqual({ kind: 'own', name: 'renders.mjs' });
    expect(target?.arms.candidate.accounted).toBeGreaterThan(0.5);
    expect(stdout).toMatch(/per request in the target:\s+renderPage\s\(renders\.mjs\)/);

    const { baseline, candidate } = target?.arms ?? {};
    for (const file of [...(baseline?.files ?? []), ...(candidate?.files ?? [])]) {
      const text = readFileSync(path.join(runFolder(folder), file), 'utf8');
      expect(parseCpuProfile(text, 500).nodes.length).toBeGreaterThan(1);
    }
    expect(readdirSync(path.join(runFolder(folder), 'profiles')).sort()).toEqual([
      'all-baseline-target-0.cpuprofile',
      'all-candidate-target-0.cpuprofile',
    ]);

    // Of no row of a profile, in which no path of this machine may be.
    const rows = journalOf(folder).filter((row) => row.kind === 'profile');
    expect(rows.length).toBe(2);
    for (const row of rows) {
      const text = JSON.stringify(row);
      expect(text.length).toBeLessThan(60_000);
      expect(text).not.toContain(folder);
      expect(text).not.toMatch(/"\/[a-z]/);
    }
    expectNothingLeft(folder);

    const again = await bench(['report', 'latest', '--format', 'json', '--out', '-'], folder);
    expect(again.stdout).toBe(readFileSync(path.join(runFolder(folder), 'report.json'), 'utf8'));
  });

  it('name what was planted in a client on Node 16', async () => {
    const folder = freshFolder();
    const preload = fixture('preload/burn.cjs');
    writeMatrix(
      folder,
      `
client: { runtime: node@16.20.2, env: { NODE_OPTIONS: '--require=${preload}' } }
axes:
  version:
    old: { client: { env: { BURN_US: '0' } } }
    new: { client: { env: { BURN_US: '400' } } }
${measure}
`,
    );
    const { code, stdout } = await bench(profileAll, folder);
    expect(code, stdout).toBe(0);
    const [client] = taken(reportOf(folder));
    expect(client?.part).toBe('client');
    // The function itself, or the native one that it calls over and over.
    const [first] = client?.functions ?? [];
    expect(['burn', 'cpuUsage']).toContain(first?.name);
    expect(taken(reportOf(folder))[1]?.part).toBe('target');
    expect(client?.origins[0]?.share).toBeGreaterThan(0.5);
  });

  it('name the loading of certificates in the incident', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `
connection: { tls: '1.3', reuse: close, session: none, context: per-connection, ca: bundle }
axes:
  version:
    old: { client: { runtime: node@16.20.2 } }
    new: { client: { runtime: node@20.20.2 } }
${measure}
`,
    );
    const { code, stdout } = await bench(profileAll, folder);
    expect(code, stdout).toBe(0);
    const [client] = taken(reportOf(folder));
    expect(client?.functions[0]).toMatchObject({
      ...{ name: 'addCACert', origin: { kind: 'node', name: 'node:tls' }, file: '' },
    });
    expect(client?.functions[0]?.share).toBeGreaterThan(0.7);
    expect(stdout).toMatch(/per request in the client:\s+addCACert\s\(node:tls\)/);
  });

  it('are taken of no cell with --no-profile, and the verdict is the same', async () => {
    const folder = rendering();
    expect((await bench([...compare, '--no-profile'], folder)).code).toBe(1);
    expect(reportOf(folder).cells[0]?.profiles).toEqual([]);
    expect(existsSync(path.join(runFolder(folder), 'profiles'))).toBe(false);
    expect(journalOf(folder).some((row) => row.kind === 'profile')).toBe(false);
  });

  it('are no reason to go on where somebody interrupts them, and are taken by --resume', async () => {
    const folder = rendering();
    const args = compare.filter((arg) => arg !== '--quiet');
    const run = startBench(args, folder);
    let told = '';
    run.process.stderr?.on('data', (text: string) => {
      told += text;
    });
    await until(() => told.includes('profile 1 of 1: all'), 120_000);
    run.process.kill('SIGINT');
    expect((await run.finished).code).toBe(130);
    expectNothingLeft(folder);
    expect(reportOf(folder)).toMatchObject({ state: 'interrupted', cells: [{ profiles: [] }] });
    const finished = journalOf(folder).filter(({ kind }) => kind === 'finish').length;

    expect((await bench(['compare', '--resume', 'latest', '--quiet'], folder)).code).toBe(1);
    expect(taken(reportOf(folder))[0]?.functions[0]?.name).toBe('renderPage');
    expect(journalOf(folder).filter(({ kind }) => kind === 'finish').length).toBe(finished);
    expectNothingLeft(folder);
  });

  it('that fail are a warning with the next action, and nothing else', async () => {
    const preload = fixture('preload/no-profiler.cjs');
    const folder = rendering(`NODE_OPTIONS: '--require=${preload}'`);
    expect((await bench(profileAll, folder)).code).toBe(0);
    const [cell] = reportOf(folder).cells;
    const reason = 'the target of the baseline: failed: no profiler here';
    expect(cell?.profiles[0]).toMatchObject({ part: 'target', state: 'failed', reason });
    expect(cell?.warnings).toContainEqual(
      expect.objectContaining({
        code: 'no-profile',
        message: `no CPU profile of the target: ${reason}`,
        next: expect.stringMatching(/\.$/),
      }),
    );
    expectNothingLeft(folder);
  });

  it.skipIf(!hasPython)('are said not to be had of a server that is no Node', async () => {
    const folder = freshFolder();
    copyFileSync(fixture('server/burn.py'), path.join(folder, 'burn.py'));
    writeMatrix(
      folder,
      `
target: { start: 'python3 burn.py' }
axes:
  version:
    old: { target: { env: { BURN_US: '1000' } } }
    new: { target: { env: { BURN_US: '6000' } } }
measure: { sliceTime: 600ms, warmup: 300ms }
gate: { sensitivity: 90% }
`,
    );
    const { code, stdout } = await bench(profileAll, folder);
    expect(code, stdout).toBe(0);
    expect(reportOf(folder).cells[0]?.profiles[0]).toMatchObject({
      ...{ part: 'target', state: 'impossible' },
      reason: 'the target of the baseline: none of its processes is a Node',
    });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('no CPU profile of the target: the target of');
    expectNothingLeft(folder);
  });

  it('are of every process of a cluster', async () => {
    const folder = freshFolder();
    copyFileSync(fixture('server/cluster.mjs'), path.join(folder, 'cluster.mjs'));
    copyFileSync(fixture('server/burn.mjs'), path.join(folder, 'burn.mjs'));
    writeMatrix(
      folder,
      `
target: { start: 'node cluster.mjs' }
axes:
  version:
    old: { target: { env: { BURN_US: '500' } } }
    new: { target: { env: { BURN_US: '6000' } } }
${measure}
`,
    );
    expect((await bench(profileAll, folder)).code).toBe(0);
    const [target] = taken(reportOf(folder));
    expect(target?.arms.candidate.files.length).toBeGreaterThan(1);
    // The loop, or the native function that it calls over and over, in the same file.
    expect(['answer', 'spent', 'cpuUsage']).toContain(target?.functions[0]?.name);
  });

  it('are not asked for of what no such option takes', async () => {
    const { code, stderr } = await bench([...compare, '--profile', 'red'], rendering());
    expect(code).toBe(2);
    expect(stderr).toContain('--profile: "red" is none of: changed, all');
  });
});
