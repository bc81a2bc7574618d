import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryOf, killTree, treeCpuUs } from '../../../src/process/tree.ts';
import { until } from '../../support/until.ts';

const burn = (ms: number): string =>
  `const u=()=>{const c=process.cpuUsage();return c.user+c.system};const t=u()+${ms}e3;while(u()<t);`;

/** A shell that leads a group, and whatever it says once. */
async function started(script: string, mark: string) {
  const [name = '', value = ''] = mark.split('=');
  const shell = spawn('/bin/sh', ['-c', script], {
    detached: true,
    env: { PATH: process.env.PATH, [name]: value },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = await once(shell.stdout, 'data');
  return { tree: { root: shell.pid ?? -1, mark }, said: String(said).trim() };
}

/** Of a process that lives: a zombie has none any more. */
function environment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

describe('a tree of processes', () => {
  it('is read by fields that a name cannot move', () => {
    const stat = `7 (a) b (c)) Z 3 5 6 0 -1 4 1 2 3 4 11 22 33 44 20 0 1 0 987 5`;
    expect(entryOf(7, stat)).toEqual({
      ...{ pid: 7, parent: 3, group: 5, session: 6, dead: true, startedTicks: 987 },
      cpuUs: 1_100_000,
    });
  });

  it('counts children, alive and ended', async () => {
    const node = process.execPath;
    const { tree } = await started(
      `'${node}' -e '${burn(300)}'; '${node}' -e '${burn(200)}console.log(1);setTimeout(()=>{},1e5)'; true`,
      'TREE=counts',
    );
    const spent = treeCpuUs(tree) ?? 0;
    await killTree(tree);
    // With the start of two Nodes, which a busy machine may make dear.
    expect(spent).toBeGreaterThan(490_000);
    expect(spent).toBeLessThan(1_000_000);
    expect(treeCpuUs({ root: -1, mark: null })).toBeNull();
  });

  it('is killed with what left its group and its parent', async () => {
    const { tree, said } = await started(
      'setsid sh -c "sleep 1000 & echo \\$!" & wait; sleep 1000',
      'TREE=left',
    );
    // Between its fork and its exec a process shows none.
    await until(() => environment(said).includes('TREE=left'));
    expect(environment(said)).toContain('TREE=left');
    await killTree(tree);
    expect(environment(said)).toBe('');
  });
});
