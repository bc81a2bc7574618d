/**
 * Reads one table of /proc/net/snmp or netstat: a line that names the columns, and below it one of numbers. Where a name stands is
 * looked up once: it stays there for as long as the kernel runs.
 * @param names the kernel's, by ours
 */
export function columnsReader<Name extends string>(
  text: string,
  table: string,
  names: Readonly<Record<Name, string>>,
): (text: string) => Record<Name, number | null> {
  const header = new RegExp(`^${table}: (\\D.*)$`, 'm').exec(text)?.[1]?.split(' ') ?? [];
  const columns = (Object.entries(names) as [Name, string][]).map(
    ([name, kernels]) => [name, header.indexOf(kernels)] as const,
  );
  const numbers = new RegExp(`^${table}: (\\d.*)$`, 'm');
  return (now) => {
    const values = numbers.exec(now)?.[1]?.split(' ') ?? [];
    return Object.fromEntries(
      columns.map(([name, column]) => [name, numberOf(values[column])]),
    ) as Record<Name, number | null>;
  };
}

/** `TCP: inuse 5 orphan 0 tw 9 alloc 7 mem 3` */
export function socketLevels(
  sockstat: string,
): Record<'timeWait' | 'sockets' | 'memoryPages', number | null> {
  const [, timeWait, sockets, memoryPages] =
    /^TCP: .*\btw (\d+) alloc (\d+) mem (\d+)/m.exec(sockstat) ?? [];
  return {
    timeWait: numberOf(timeWait),
    sockets: numberOf(sockets),
    memoryPages: numberOf(memoryPages),
  };
}

/** `32768	60999` */
export function portCount(range: string): number | null {
  const [, first, last] = /^(\d+)\s+(\d+)/.exec(range) ?? [];
  return last === undefined ? null : Number(last) - Number(first) + 1;
}

export const numberOf = (text: string | undefined): number | null =>
  text === undefined || text.trim() === '' ? null : Number(text);
