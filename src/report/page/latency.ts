import type { LatencyDistribution } from '../../model/latency.ts';
import type { CellReport } from '../../model/report.ts';
import { logAxis, type LogAxis } from '../charts/log-axis.ts';
import { across, dots, path, plot, ticks, verticals, whole } from '../charts/plot.ts';
import { text } from '../markup.ts';
import { formatScaled, formatShare, formatValue, noNumber, scaleFor } from '../number.ts';

const height = 24;
const middle = height / 2;

/** Both arms at each quantile, on a logarithmic axis. Null where no latency is defined. */
export function latencyView({ latencies }: CellReport) {
  if (latencies === null) return null;
  const { baseline, candidate } = latencies;
  const axis = logAxis(
    [baseline, candidate].flatMap(({ quantiles }) => quantiles.map(({ us }) => us)),
  );
  return {
    requests: { baseline: thousands(baseline), candidate: thousands(candidate) },
    ticks: ticks(axis.ticks.map((us) => ({ at: axis.at(us), label: text(formatTick(us)) }))),
    rows: quantilesOf(latencies).map((quantile) => {
      const us = { baseline: at(baseline, quantile), candidate: at(candidate, quantile) };
      const scale = scaleFor('µs', [us.baseline, us.candidate]);
      return {
        name: quantile === 1 ? 'longest' : `p${Number((quantile * 100).toFixed(3))}`,
        beyond: quantile === 1 ? noNumber : formatShare(1 - quantile),
        baseline: formatScaled(us.baseline, scale),
        candidate: formatScaled(us.candidate, scale),
        plot: pair(axis, us.baseline, us.candidate),
      };
    }),
  };
}

/** `1 ms`: ticks are round numbers. */
const formatTick = (us: number): string => formatValue(us, 'µs').replace(/\.0+(?= )/, '');

const thousands = ({ requests }: LatencyDistribution): string => requests.toLocaleString('en');

const quantilesOf = ({ baseline, candidate }: NonNullable<CellReport['latencies']>): number[] =>
  [
    ...new Set([...baseline.quantiles, ...candidate.quantiles].map(({ quantile }) => quantile)),
  ].sort((a, b) => a - b);

/** One arm may have had too few requests to tell of so rare ones. */
const at = ({ quantiles }: LatencyDistribution, asked: number): number | null =>
  quantiles.find(({ quantile }) => quantile === asked)?.us ?? null;

/** The baseline is a ring, the candidate a disc. */
function pair(axis: LogAxis, baseline: number | null, candidate: number | null) {
  const x = (us: number): number => across(axis.at(us));
  const known = [baseline, candidate].filter((us) => us !== null).map(x);
  return plot(
    'pair-plot',
    height,
    verticals('grid', axis.ticks.map(x), height),
    path('between', `M${whole(Math.min(...known))} ${middle}H${whole(Math.max(...known))}`),
    ...(baseline === null
      ? []
      : [dots('ring', [x(baseline)], middle), dots('ring-hole', [x(baseline)], middle)]),
    ...(candidate === null ? [] : [dots('disc', [x(candidate)], middle)]),
  );
}
