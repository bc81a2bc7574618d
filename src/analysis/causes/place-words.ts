import { count, spokenChange } from '../../model/units.ts';
import { traitWords } from './traits.ts';
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
      : `${shareWords(share)} of the ${noun} is ${where} (${[shownVariants(place), range(inside)].filter((text) => text !== '').join(': ')})`;
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

function whereWords({ traits, variants }: Place): string {
  const said = traits === null ? null : traitWords(traits);
  if (said !== null) return `where ${said}`;
  const names = Object.entries(variants).map(([axis, variant]) => `${axis} is ${variant}`);
  return names.length === 0 ? '' : `where ${names.join(' and ')}`;
}
