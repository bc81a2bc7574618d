import { describe, expect, it } from 'vitest';
import { openSignals } from '../../../src/machine/signals.ts';
import type { ProcessRow } from '../../../src/model/journal.ts';

const process = (role: ProcessRow['role'], part: ProcessRow['part'], pid: number): ProcessRow => ({
  ...{ role, part, pid },
  ...{ worker: 0, core: part === 'client' ? 0 : 1, port: null },
});
const processes = [
  process('baseline', 'client', 10),
  process('baseline', 'target', 11),
  process('candidate', 'client', 20),
  process('candidate', 'target', 21),
];

/** user nice system idle iowait irq softirq steal, in ticks of 10 ms. */
const stat = (steal: readonly [number, number, number]) =>
  `cpu  9 9 9 9 9 9 9 ${steal[0] + steal[1] + steal[2]} 0 0
cpu0 9 9 9 9 9 9 9 ${steal[0]} 0 0
cpu1 9 9 9 9 9 9 9 ${steal[1]} 0 0
cpu2 9 9 9 9 9 9 9 ${steal[2]} 0 0
intr 1 2 3
procs_running 3
`;
const waits = (ns: readonly number[]) =>
  Object.fromEntries(
    [10, 11, 20, 21].map((pid, i) => [
      `/proc/${pid}/schedstat`,
      `${9_000 + (ns[i] ?? 0)} ${ns[i]} 7\n`,
    ]),
  );
const before = {
  '/proc/stat': stat([5, 5, 5]),
  '/proc/pressure/cpu':
    'some avg10=1.00 avg60=0.00 avg300=0.00 total=1000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n',
  ...waits([1_000_000, 0, 0, 0]),
};
const after = {
  '/proc/stat': stat([6, 7, 99]),
  '/proc/pressure/cpu': 'some avg10=1.00 avg60=0.00 avg300=0.00 total=1750\n',
  ...waits([1_250_000, 2_000_000, 3_000_000, 5_000_000]),
};

type Files = Readonly<Record<string, string>>;
/** What the arm is told between two states of a machine's files. */
function between(first: Files, then: Files, role: ProcessRow['role'] = 'baseline') {
  let files = first;
  const closed: string[] = [];
  let ms = 5;
  const clock = () => ms;
  const signals = openSignals(processes, { client: true, target: true }, clock, (file) =>
    first[file] === undefined
      ? null
      : { read: () => files[file] ?? null, close: () => void closed.push(file) },
  );
  files = then;
  ms += 12.5;
  const said = signals.since(role);
  signals.close();
  return { said, closed };
}

describe('what others did during a slice', () => {
  it('is steal of our cores, pressure, and the waits of the arm that ran', () => {
    expect(between(before, after).said).toEqual({
      ...{ spanUs: 12_500, stealUs: 30_000, throttledUs: null, pressureUs: 750, runnable: 3 },
      ...{ clientDelayUs: 250, targetDelayUs: 2_000, clientRanUs: 250, targetRanUs: 2_000 },
    });
    expect(between(before, after, 'candidate').said).toMatchObject({
      ...{ clientDelayUs: 3_000, targetDelayUs: 5_000 },
    });
  });

  const v1 = (ns: number) => `nr_periods 4\nnr_throttled 2\nthrottled_time ${ns}\n`;
  const v2 = (us: number) => `usage_usec 77\nnr_throttled 2\nthrottled_usec ${us}\n`;
  it.each<[string, string, string, (n: number) => string, number]>([
    ['v2, inside a container', '0::/', '/sys/fs/cgroup/cpu.stat', v2, 1],
    ['v2, in a group', '0::/user.slice/a', '/sys/fs/cgroup/user.slice/a/cpu.stat', v2, 1],
    ['v1', '3:cpuset:/\n1:cpu:/\n0::/', '/sys/fs/cgroup/cpu/cpu.stat', v1, 1000],
    ['v1 in a group', '4:cpu,cpuacct:/b', '/sys/fs/cgroup/cpu,cpuacct/b/cpu.stat', v1, 1000],
    ['v1, its group seen as root', '1:cpu:/docker/c', '/sys/fs/cgroup/cpu/cpu.stat', v1, 1000],
  ])('is throttling by cgroup %s', (_, selfCgroup, file, text, perUs) => {
    const files = { ...before, '/proc/self/cgroup': `${selfCgroup}\n` };
    const said = between(
      { ...files, [file]: text(100 * perUs) },
      { ...files, [file]: text(340 * perUs) },
    ).said;
    expect(said?.throttledUs).toBe(240);
  });

  it('is unknown, not nothing, where the kernel does not count it', () => {
    const off = Object.fromEntries(
      [10, 11, 20, 21].map((pid) => [`/proc/${pid}/schedstat`, '0 0 0\n']),
    );
    expect(between({ ...before, ...off }, { ...after, ...off }).said).toMatchObject({
      ...{ clientDelayUs: null, targetDelayUs: null, clientRanUs: null },
    });
    const absent = ['/proc/pressure/cpu', '/proc/11/schedstat'];
    const fewer = Object.fromEntries(
      Object.entries(before).filter(([file]) => !absent.includes(file)),
    );
    expect(between(fewer, after).said).toMatchObject({
      ...{ pressureUs: null, clientDelayUs: 250, targetDelayUs: null },
    });
    expect(between({}, {}).said).toBeNull();
  });

  it('leaves no file open', () => {
    expect(between(before, after).closed.sort()).toEqual(Object.keys(before).sort());
  });
});
