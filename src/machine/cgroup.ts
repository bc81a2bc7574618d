/**
 * Where the quota that holds for us is counted, the likeliest first: our own group as /proc/self/cgroup names it, and
 * the root of the mount, which is our own group inside most containers.
 */
export function cpuStatFiles(selfCgroup: string): string[] {
  const groups = selfCgroup
    .trim()
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, controllers = '', group = '']) => ({ controllers, group: group.replace(/\/$/, '') }));
  // Version 1 counts where it has the cpu controller; version 2 is the line without a name.
  const first = groups.find(({ controllers }) => controllers.split(',').includes('cpu'));
  const second = groups.find(({ controllers }) => controllers === '');
  const below = (mount: string, group: string): string[] => [
    `${mount}${group}/cpu.stat`,
    `${mount}/cpu.stat`,
  ];
  return [
    ...new Set([
      ...(first === undefined ? [] : below(`/sys/fs/cgroup/${first.controllers}`, first.group)),
      ...(first === undefined ? [] : below('/sys/fs/cgroup/cpu', first.group)),
      ...(second === undefined ? [] : below('/sys/fs/cgroup', second.group)),
    ]),
  ];
}
