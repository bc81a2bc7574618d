import { describe, expect, it } from 'vitest';
import type { Noise } from '../../src/analysis/noise.ts';
import { unfitness } from '../../src/commands/doctor.ts';
import {
  type Check,
  loadChecks,
  type MachineFiles,
  standingChecks,
} from '../../src/machine/checks.ts';
import type { CellReport } from '../../src/model/report.ts';

const fit: Record<string, string> = {
  '/proc/self/status': 'Cpus_allowed_list:\t0-3\n',
  '/proc/self/limits':
    'Max open files            20000                20000                files\n',
  '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
  '/sys/fs/cgroup/cpu.max': 'max 100000\n',
  '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'performance\n',
};
const checks = (changed: Record<string, string>, more: Partial<MachineFiles> = {}): Check[] => {
  const files = { ...fit, ...changed };
  return standingChecks({
    read: (path) => files[path] ?? null,
    ...{ hasTaskset: true, virtual: false },
    ...more,
  });
};
const named = (all: readonly Check[], name: string) => all.find((check) => check.name === name);

describe('what makes a machine fit', () => {
  it('finds nothing where there is nothing', () => {
    expect(checks({}).filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it.each<[string, Record<string, string>, Check['state'], string]>([
    ['cores', { '/proc/self/status': 'Cpus_allowed_list:\t2\n' }, 'unfit', '1 to use'],
    ['CPU quota', { '/sys/fs/cgroup/cpu.max': '150000 100000' }, 'noisy', '1.5 cores'],
    ['local ports', { '/proc/sys/net/ipv4/ip_local_port_range': '60000 60999' }, 'unfit', '1000'],
    [
      'open files',
      { '/proc/self/limits': 'Max open files   1024   4096   files' },
      'noisy',
      '1024',
    ],
    [
      'frequency governor',
      { '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'powersave' },
      'noisy',
      'powersave',
    ],
  ])('%s', (name, changed, state, found) => {
    const check = named(checks(changed), name);
    expect(check?.state).toBe(state);
    expect(check?.found).toContain(found);
    expect(check?.next).toMatch(/\w/);
  });

  it('cores that are hyper-thread siblings of one another count once', () => {
    const siblings = (core: number) =>
      `/sys/devices/system/cpu/cpu${core}/topology/thread_siblings_list`;
    const pair = {
      [siblings(0)]: '0-1',
      [siblings(1)]: '0-1',
      '/proc/self/status': 'Cpus_allowed_list:\t0-1\n',
    };
    expect(named(checks(pair), 'cores')?.state).toBe('unfit');
  });

  it('taskset and a host of its own', () => {
    expect(named(checks({}, { hasTaskset: false }), 'pinning')?.state).toBe('unfit');
    expect(named(checks({}, { virtual: true }), 'virtual machine')?.state).toBe('noisy');
  });

  it('what others take while nothing of ours runs', () => {
    //                     user nice system idle iowait irq softirq steal
    const before = 'cpu  100 0 100 1000 0 0 0 0\n';
    const states = (after: string) => loadChecks(before, after).map(({ state }) => state);
    expect(states('cpu  101 0 100 1199 0 0 0 0\n')).toEqual(['ok', 'ok']);
    expect(states('cpu  101 0 100 1180 0 0 0 19\n')).toEqual(['noisy', 'ok']);
    expect(states('cpu  150 0 120 1130 0 0 0 0\n')).toEqual(['ok', 'noisy']);
  });
});

describe('a machine is not fit to gate on', () => {
  const seeing = (size: number): Noise[] => [
    {
      ...{
        metric: 'cpuPerRequest',
        sd: 0.01,
        change: { estimate: 0, low: -0.01, high: 0.01, level: 0.95 },
      },
      detectable: [{ minutes: 3, size }],
    },
  ];
  const cells = (verdict: string) =>
    ({
      cells: [{ verdict, reason: 'why', metrics: [{ metric: 'rps', gating: true, verdict }] }],
    }) as unknown as { cells: CellReport[] };

  it.each<[string, ReturnType<typeof unfitness>]>([
    ['unchanged', null],
    ['inconclusive', null],
    ['regression', 'called regression in requests per second'],
    ['invalid', 'the A/A run is invalid: why'],
  ])('where a Node against itself is %s', (verdict, problem) => {
    const said = unfitness([], cells(verdict), seeing(0.01));
    if (problem === null) expect(said).toBeNull();
    else expect(said).toContain(problem);
  });

  it('where three minutes do not suffice, or a check says so', () => {
    expect(unfitness([], cells('unchanged'), seeing(0.06))).toContain('3 minutes cannot show');
    expect(unfitness(checks({}, { hasTaskset: false }), cells('unchanged'), seeing(0.01))).toBe(
      'pinning: no taskset',
    );
  });
});
