import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, expect, it } from 'vitest';
import { usableCores } from '../../../src/machine/cores.ts';
import { hasTaskset, readOrNull } from '../../../src/machine/files.ts';
import { openSignals } from '../../../src/machine/signals.ts';

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Says something once it runs on that core. */
async function pinned(core: number, script: string): Promise<ChildProcess> {
  const said = `process.stdout.write('runs', () => { ${script} })`;
  const child = spawn('taskset', ['--cpu-list', String(core), process.execPath, '-e', said]);
  started.push(child);
  await once(child.stdout, 'data');
  return child;
}

const counts = /^[1-9]/.test(readOrNull('/proc/self/schedstat') ?? '');
const core = usableCores().at(-1);

it.skipIf(!counts || core === undefined || !hasTaskset(process.env.PATH ?? ''))(
  'a neighbour on our core shows as run delay, for as long as it burns',
  async () => {
    const burntUs = 300_000;
    const ours = await pinned(core ?? 0, 'for (;;);');
    const client = { role: 'baseline', part: 'client', worker: 0, core: core ?? 0 } as const;
    const signals = openSignals(
      [{ ...client, pid: ours.pid ?? 0, port: null }],
      { client: true, target: true },
      () => 0,
    );
    const before =
      'const spent = () => { const c = process.cpuUsage(); return c.user + c.system; }';
    const neighbour = await pinned(
      core ?? 0,
      `${before}; const end = spent() + ${burntUs}; while (spent() < end); process.exit();`,
    );
    await once(neighbour, 'exit');
    const waited = signals.since('baseline')?.clientDelayUs ?? 0;
    signals.close();
    // Ours always wanted the core, so whatever the neighbour had of it was waited for.
    expect(waited).toBeGreaterThan(0.8 * burntUs);
  },
);
