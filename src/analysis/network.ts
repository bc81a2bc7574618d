import type { NetworkRow } from '../model/journal.ts';
import { addSpans, eachFigure, type NetworkSeries, type NetworkSpan } from '../model/network.ts';
import type { Role } from '../model/plan.ts';
import type { NetworkReport } from '../model/report.ts';
import type { MeasuredLaunch } from './launches.ts';

/** The seconds of an arm over all launches, in their order. Null where no launch has any. */
export function networkOf(launches: readonly MeasuredLaunch[], role: Role): NetworkReport | null {
  const rows = launches.flatMap(({ network }) => network[role] ?? []);
  const totals = rows
    .map(totalOf)
    .reduce<NetworkSpan | null>((sum, span) => (sum === null ? span : addSpans(sum, span)), null);
  if (totals === null) return null;
  const list = (name: keyof NetworkSpan) => rows.flatMap(({ seconds }) => seconds[name]);
  return {
    launch: rows.flatMap(({ launch, seconds }) => seconds.ms.map(() => launch)),
    seconds: { ms: rows.flatMap(({ seconds }) => seconds.ms), ...eachFigure(list, list) },
    totals,
  };
}

/** All seconds of one launch as one stretch. */
export const totalOf = ({ seconds }: NetworkRow): NetworkSpan =>
  seconds.ms.map((_, index) => secondOf(seconds, index)).reduce(addSpans);

const secondOf = (seconds: NetworkSeries, index: number): NetworkSpan => {
  const at = (name: keyof NetworkSpan) => seconds[name][index] ?? null;
  return { ms: seconds.ms[index] ?? 0, ...eachFigure(at, at) };
};
