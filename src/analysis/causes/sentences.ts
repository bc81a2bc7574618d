import type { Capacity, CellCapacity, Price, PriceList } from '../../model/causes.ts';
import { metrics } from '../../model/metrics.ts';
import { count, spokenChange } from '../../model/units.ts';
import type { ComparedCell } from './compared-cells.ts';
import { placeSentence } from './place-words.ts';
import { changesOf, type Place, placeOf } from './where.ts';

interface Explained {
  readonly prices: readonly PriceList[];
  readonly capacity: Capacity;
  /** Of several candidates each sentence says whose it is. */
  readonly isOnly: boolean;
}

/** Where, what and how much, of one candidate: what a reader has to know who reads nothing else. */
export function sentencesOf(cells: readonly ComparedCell[], found: Explained): string[] {
  const [first] = cells;
  if (first === undefined) return [];
  const { candidate } = first.cell;
  const changes = changesOf(cells);
  const worse = placeOf(changes, 'worse');
  const place = worse ?? placeOf(changes, 'better');
  if (place === null) return [];
  const direction = worse === null ? 'better' : 'worse';
  const noun = `${worse === null ? 'gain' : 'slowdown'} of ${metrics[first.primary].label}`;
  const own = found.prices.filter((list) => list.candidate === candidate);
  const sentences = [
    placeSentence(place, direction, noun),
    ...(worse === null ? [] : own.flatMap(dearerSentence)),
    ...workersSentence(place, found.capacity),
  ];
  return found.isOnly ? sentences : sentences.map((sentence) => `${candidate}: ${sentence}`);
}

/** Below this share of what got dearer a unit is not worth a name. */
const namedShare = 0.1;

/** `What got dearer: a TLS context, with 145 CA certificates: 4.9 → 20.1 ms of CPU (+310 %, 97 % of the slowdown).` */
function dearerSentence(list: PriceList): string[] {
  if (list.state === 'none') return [];
  const guilty = list.prices
    .filter(({ share }) => (share ?? 0) >= namedShare)
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  if (guilty.length === 0) return [];
  const named = guilty.map(
    (price) =>
      `${price.label} (${pricesOf(price)}${priceChange(price)}, ${percent(price.share ?? 0)} of it)`,
  );
  return [`What got dearer in the ${list.side}: ${named.join('; ')}.`];
}

const priceChange = ({ change }: Price): string =>
  change === null ? '' : `, ${spokenChange(change.estimate)}`;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** `4.9 → 20.1 ms`. */
function pricesOf({ baseline, candidate }: Price): string {
  const most = Math.max(baseline.estimate, candidate.estimate);
  const [divisor, unit] = most >= 1000 ? [1000, 'ms'] : [1, 'µs'];
  const shown = (us: number): string => Number((us / divisor).toPrecision(3)).toString();
  return `${shown(baseline.estimate)} → ${shown(candidate.estimate)} ${unit}`;
}

/** `1200 requests per second take 9 → 35 workers at 75 % of a core each.` */
function workersSentence({ inside }: Place, capacity: Capacity): string[] {
  const { targetRate, utilisation } = capacity;
  if (targetRate === null) return [];
  const ids = new Set(inside.map(({ cell }) => cell.cell.id));
  const dearest = capacity.cells
    .filter(({ cell }) => ids.has(cell))
    .sort((a, b) => growth(b) - growth(a))[0];
  const [before, after] = [dearest?.arms.baseline.workers, dearest?.arms.candidate.workers];
  if (dearest === undefined || before == null || after == null) return [];
  const what = dearest.side === 'client' ? 'worker' : 'core';
  return [
    `${targetRate} requests per second take ${before.estimate} → ${count(after.estimate, what)} at ${dearest.cell}, at ${percent(utilisation)} of a core each.`,
  ];
}

const growth = ({ arms }: CellCapacity): number =>
  arms.baseline.perWorker.estimate / arms.candidate.perWorker.estimate;
