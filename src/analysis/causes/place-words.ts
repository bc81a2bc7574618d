import type { Settings } from '../../model/settings.ts';
import { count, spokenChange } from '../../model/units.ts';
import type { CellChange, Place } from './where.ts';

/**
 * `Nearly all of the slowdown is where a TLS connection is opened with a new context for each request
 * (tls=1.3, reuse=close-new-context: +297 %); tls=1.3,reuse=close has +44 %; the other 3 cells change by −19 % to −3.9 %.`
 */
export function placeSentence(place: Place, direction: 'worse' | 'better', noun: string): string {
  const { inside, outside, share } = place;
  const also = outside
    .filter(({ proven }) => proven === direction)
    .sort((a, b) => Math.abs(b.worse) - Math.abs(a.worse));
  const named = also.length > mostNamed ? [] : also;
  const rest = outside.filter((change) => !named.includes(change));
  const parts = [
    ...named.map((change) => `${change.cell.cell.id} has ${spokenChange(change.worse)}`),
    ...restWords(rest, outside.length === rest.length),
  ];
  const where = whereWords(place);
  const opening =
    outside.length === 0
      ? `The ${noun} is in ${inside.length === 1 ? 'the only cell' : `all ${inside.length} cells`}${where === '' ? '' : `, ${where}`} (${range(inside)})`
      : `${shareWords(share)} of the ${noun} is ${where} (${shownVariants(place)}: ${range(inside)})`;
  return `${[opening, ...parts].join('; ')}.`;
}

const mostNamed = 2;

const shareWords = (share: number): string =>
  share > 0.9995
    ? 'All'
    : share >= 0.85
      ? 'Nearly all'
      : share >= 0.6
        ? 'Most'
        : 'The largest part';

function restWords(rest: readonly CellChange[], isAll: boolean): string[] {
  if (rest.length === 0) return [];
  const others = isAll ? 'other ' : 'remaining ';
  return rest.length === 1
    ? [`the ${others}cell changes by ${range(rest)}`]
    : [`the ${others}${count(rest.length, 'cell')} change by ${range(rest)}`];
}

/** `−19 % to −3.9 %`. */
function range(changes: readonly CellChange[]): string {
  const all = changes.map(({ worse }) => worse);
  const [low, high] = [spokenChange(Math.min(...all)), spokenChange(Math.max(...all))];
  return low === high ? low : `${low} to ${high}`;
}

const shownVariants = ({ variants }: Place): string =>
  Object.entries(variants)
    .map(([axis, variant]) => `${axis}=${variant}`)
    .join(', ');

/** What the cells of a place do that makes them what they are; empty where they do not do the same. */
function whereWords({ inside, variants }: Place): string {
  const words = new Set(inside.map(({ cell }) => connectionWords(cell.cell.arms.candidate)));
  const [only] = words;
  const names = Object.entries(variants).map(([axis, variant]) => `${axis} is ${variant}`);
  const plain = names.length === 0 ? '' : `where ${names.join(' and ')}`;
  return words.size === 1 && only !== undefined ? `where ${only}` : plain;
}

function connectionWords({ connection }: Settings): string {
  const { tls, reuse, context, session, dns } = connection;
  const kind = tls === 'none' ? 'a connection without TLS' : 'a TLS connection';
  if (reuse.kind === 'keep-alive')
    return tls === 'none' ? 'connections are kept, without TLS' : 'TLS connections are kept';
  const often = reuse.kind === 'close' ? 'each request' : `every ${reuse.requests} requests`;
  const extras = [
    ...(tls !== 'none' && context === 'per-connection' ? ['a new context'] : []),
    ...(tls !== 'none' && session === 'resumed' ? ['a resumed session'] : []),
    ...(dns.kind === 'per-connection' ? ['a look-up'] : []),
  ];
  const by = extras.length === 0 ? '' : ` with ${extras.join(' and ')}`;
  return `${kind} is opened${by} for ${often}`;
}
