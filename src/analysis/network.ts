import type { NetworkRow } from '../model/journal.ts';
import { addSpans, eachFigure, type NetworkSeries, type NetworkSpan } from '../model/network.ts';
import type { Role } from '../model/plan.ts';
import type { NetworkReport } from '../model/report.ts';
import type { MeasuredLaunch } from './launches.ts';

/** The seconds of an arm over all launches, in their order. Null where no launch has any. */
export function networkOf(launches: readonly MeasuredLaunch[], role: Role): NetworkReport | null {
  const rows = launches.flatMap(({ network }) => network[role] ?? []);
  const list = (name: keyof NetworkSpan) => rows.flatMap((row) => row.seconds[name]);
  const seconds = { ms: rows.flatMap((row) => row.seconds.ms), ...eachFigure(list, list) };
  if (seconds.ms.length === 0) return null;
  const launch = rows.flatMap((row) => row.seconds.ms.map(() => row.launch));
  return { launch, seconds, totals: totalOf({ seconds }) };
}

/** All seconds, one at least, as one stretch. */
export const totalOf = ({ seconds }: Pick<NetworkRow, 'seconds'>): NetworkSpan =>
  seconds.ms.map((_, index) => secondOf(seconds, index)).reduce(addSpans);

const secondOf = (seconds: NetworkSeries, index: number): NetworkSpan => {
  const at = (name: keyof NetworkSpan) => seconds[name][index] ?? null;
  return { ms: seconds.ms[index] ?? 0, ...eachFigure(at, at) };
};
