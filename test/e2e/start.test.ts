import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { markedProcesses, runFolder, startBench } from '../support/bench.ts';
import { burning, burnt, compare, project } from '../support/burning.ts';
import { until } from '../support/until.ts';

describe('a server that a command starts', () => {
  it('follows the TLS axis, keeps its connections, and what it does not count a relay does, but for requests in TLS', async () => {
    const folder = project(
      burning(
        "{ start: 'node burn.mjs' }",
        "connection: { tls: '1.2', reuse: close, session: resumed }",
      ),
    );
    const { cell } = await compare(folder);
    expect(cell?.reason).toBeNull();
    const clauses = cell?.contract.clauses ?? [];
    expect(clauses.find(({ clause }) => clause === 'TLS version')?.observed).toBe('TLSv1.2');
    const states = (name: string) =>
      clauses.filter(({ clause }) => clause.endsWith(name)).map(({ state }) => state);
    for (const counted of [': connections', ': handshakes', ': resumption'])
      expect(states(counted)).toEqual(['proven', 'proven']);
    expect(states(': requests')).toEqual(['unproven', 'unproven']);
    expect(states(': contexts')).toEqual(['proven', 'proven']);
    expect(cell?.warnings.map(({ code }) => code)).toContain('unproven');
    // The certificate was for this run; so was the socket.
    expect(readdirSync(runFolder(folder)).filter((name) => /key|cert|sock/.test(name))).toEqual([]);
  });

  it('is compared with the built-in one', async () => {
    const matrix = `
axes: { version: { idle: { target: { builtin: hello } }, burning: { target: { start: node burn.mjs } } } }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 300ms, warmup: 200ms }
`;
    const { report, cell } = await compare(project(matrix));
    expect(burnt(cell)).toBeGreaterThan(20);
    expect(report.differences).toContainEqual({
      ...{ key: 'target', of: ['burning'], baseline: 'built-in hello', candidate: 'node burn.mjs' },
    });
  });

  it('is killed with all that it started', async () => {
    const folder = project(burning("{ start: 'node leaves.mjs' }"));
    const { cell } = await compare(folder);
    expect(cell?.reason).toBeNull();
  });

  it('and so it is when bench is killed', async () => {
    const folder = project(burning("{ start: 'node leaves.mjs' }"));
    const args = ['compare', '--no-profile', '--baseline', 'idle', '--candidate', 'burning'];
    const run = startBench(args, folder);
    const hasSleeper = (): boolean =>
      existsSync(path.join(folder, 'reports')) &&
      readdirSync(path.join(folder, 'reports')).length > 0 &&
      markedProcesses(path.basename(runFolder(folder))).some((pid) =>
        commandOf(pid).startsWith('sleep'),
      );
    await until(hasSleeper);
    expect(hasSleeper()).toBe(true);
    run.process.kill('SIGKILL');
    await run.finished;
    await until(() => markedProcesses(path.basename(runFolder(folder))).length === 0, 2_000);
    expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
  });
});

const commandOf = (pid: number): string => {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

describe('a command that does not serve makes its launches void, and says what and why', () => {
  it.each([
    [
      'never listens',
      "{ start: 'echo waking up; exec sleep 100', ready: { path: /up, within: 2s } }",
      '',
      /^[^\n]*target of .* did not answer http:\/\/127\.0\.0\.1:\d+\/up within 2000 ms: connect ECONNREFUSED [^\n]* or raise target\.ready\.within\nwaking up$/,
    ],
    [
      'does not speak TLS',
      "{ start: 'BENCH_TLS=none node burn.mjs', ready: { within: 3s } }",
      "connection: { tls: '1.3' }",
      /did not answer https:[^\n]*wrong version number[^\n]*with TLS as \$BENCH_TLS says/,
    ],
    [
      'exits',
      "{ start: 'echo out of luck >&2; exit 7' }",
      '',
      /^[^\n]*exited with code 7 before it answered [^\n]*must run until it is stopped\nout of luck$/,
    ],
    ['goes into the background', "{ start: 'node burn.mjs &' }", '', /exited with code 0 before/],
    ['does not exist', "{ start: 'no-such-server' }", '', /exited with code 127 .*\n.*not found$/s],
  ])('%s', async (_, target, more, reason) => {
    const { code, cell, journal } = await compare(project(burning(target, more)));
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toMatch(reason);
    expect(journal.filter(({ kind }) => kind === 'void')).toHaveLength(3);
    expect(code).toBe(3);
  });

  it("dies while it is measured, by a preload that is the user's", async () => {
    const preload = fileURLToPath(new URL('../fixtures/preload/dies.cjs', import.meta.url));
    const target = `{ start: 'node burn.mjs', env: { NODE_OPTIONS: '--require=${preload}' } }`;
    const { cell } = await compare(project(burning(target)));
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toMatch(/target of .* exited with code 7\nout of luck$/);
  });
});
