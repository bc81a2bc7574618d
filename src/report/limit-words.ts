import { metrics } from '../model/metrics.ts';
import type { CellReport, LimitReport } from '../model/report.ts';
import { count } from '../model/units.ts';
import { formatLevel, formatRange, formatScaled, formatValue, scaleFor } from './number.ts';

/** A limit of a cell as every output shows it. */
export interface LimitWords {
  readonly metric: string;
  readonly observed: string;
  /** `95 %: 18.1 … 22.4 ms`; empty where there is none. */
  readonly interval: string;
  /** `at most 200 ms`. */
  readonly bound: string;
  readonly state: LimitReport['state'];
  /** What the state alone does not say, or empty. */
  readonly note: string;
}

export function limitWords(report: LimitReport): LimitWords {
  const { metric, unit, better, limit, observed, interval, state } = report;
  const scale = scaleFor(unit, [observed]);
  return {
    metric: metrics[metric].label,
    observed: formatScaled(observed, scale),
    interval:
      interval === null
        ? ''
        : `${formatLevel(interval.level)}: ${formatRange(interval.low, interval.high, scale)}`,
    bound: `${better === 'lower' ? 'at most' : 'at least'} ${formatValue(limit, unit)}`,
    state,
    note:
      state === 'unmeasured'
        ? 'nobody could check it'
        : isNear(report)
          ? 'within the noise of the limit'
          : '',
  };
}

/** Another run may well find it on the other side. */
const isNear = ({ interval, limit }: LimitReport): boolean =>
  interval !== null && interval.low <= limit && limit <= interval.high;

/** `2 limits broken`; null where all are held. */
export function limitNote({ limits }: CellReport): string | null {
  const words = (['broken', 'unmeasured'] as const).flatMap((state) => {
    const n = limits.filter((limit) => limit.state === state).length;
    return n === 0 ? [] : [`${count(n, 'limit')} ${state}`];
  });
  return words.length === 0 ? null : words.join(', ');
}
