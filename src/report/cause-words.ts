import type { ArmCapacity, CellCapacity, Price, PriceList } from '../model/causes.ts';
import { type ByRole, roles } from '../model/plan.ts';
import type { Interval } from '../model/report.ts';
import {
  formatChange,
  formatRange,
  formatScaled,
  formatShare,
  noNumber,
  type Scale,
  scaleFor,
} from './number.ts';

interface PriceWords extends ByRole<string> {
  readonly label: string;
  readonly intervals: ByRole<string>;
  readonly change: string;
  readonly interval: string;
  readonly share: string;
}

/** A price as every output says it. Where one was not told from nothing, it says how much it may be. */
export function priceWords({ label, baseline, candidate, change, share }: Price): PriceWords {
  const scale = scaleFor('µs', [baseline.estimate, candidate.estimate]);
  const changed = change === null ? { estimate: noNumber, interval: '' } : formatChange(change);
  return {
    label,
    ...{ baseline: shownPrice(baseline), candidate: shownPrice(candidate, scale) },
    intervals: { baseline: rangeOf(baseline), candidate: rangeOf(candidate) },
    change: changed.estimate,
    interval: changed.interval,
    share: share === null ? noNumber : formatShare(Math.round(share * 100) / 100),
  };

  function shownPrice(price: Interval, shared: Scale = scale): string {
    if (price.estimate > 0) return formatScaled(price.estimate, shared);
    return price.high > 0
      ? `< ${formatScaled(price.high, scaleFor('µs', [price.high]))}`
      : noNumber;
  }
}

const rangeOf = ({ low, high }: Interval): string =>
  formatRange(low, high, scaleFor('µs', [low, high]));

/** How far prices can be trusted. */
export function fitWords({
  worstFit,
  worstLeftOut,
}: Extract<PriceList, { state: 'fitted' }>): string {
  if (worstFit === null)
    return 'There are as many prices as cells, so they fit, and no cell checks whether prices add up.';
  const leftOut =
    worstLeftOut === null
      ? ''
      : `, and what a cell takes that they were not found from within ${formatShare(worstLeftOut)}`;
  return `They say what each of these cells takes within ${formatShare(worstFit)}${leftOut}.`;
}

interface CapacityWords {
  readonly carried: ByRole<string>;
  readonly carriedRange: ByRole<string>;
  /** `5 → 18`; null where no rate is wanted. */
  readonly workers: string | null;
  /** `5 … 6 → 17 … 20`; where the intervals are one number each, empty. */
  readonly workersRange: string;
}

export function capacityWords({ arms }: CellCapacity): CapacityWords {
  const { baseline, candidate } = arms;
  const scale = scaleFor('1/s', [baseline.perWorker.estimate, candidate.perWorker.estimate]);
  const carried = ({ perWorker }: ArmCapacity) => formatScaled(perWorker.estimate, scale);
  const ranges = ({ perWorker: { low, high } }: ArmCapacity) => formatRange(low, high, scale);
  const wanted = roles.flatMap((role) => arms[role].workers ?? []);
  const spread = ({ low, high }: (typeof wanted)[number]): string =>
    low === high ? `${low}` : `${low} … ${high}`;
  return {
    carried: { baseline: carried(baseline), candidate: carried(candidate) },
    carriedRange: { baseline: ranges(baseline), candidate: ranges(candidate) },
    workers: wanted.length < 2 ? null : wanted.map(({ estimate }) => estimate).join(' → '),
    workersRange: wanted.some(({ low, high }) => low !== high)
      ? wanted.map(spread).join(' → ')
      : '',
  };
}
