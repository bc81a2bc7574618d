import { count, spokenChange } from '../../model/units.ts';
import { traitWords } from './traits.ts';
import type { CellChange, Place } from './where.ts';

/**
 * `Nearly all of the slowdown is where a TLS connection is opened with a new context for each request
 * (tls=1.3, reuse=close-new-context: +297 %); tls=1.3,reuse=close has +44 %; the other 3 cells change by −19 % to −3.9 %.`
 */
export function placeSentence(place: Place, direction: 'worse' | 'better', noun: string): string {
  const { inside, outside, share } = place;
  const isGuilty = ({ proven }: CellChange): boolean => proven === direction;
  if (outside.length === 0 && !inside.every(isGuilty)) return scattered(inside, isGuilty, noun);
  const also = outside.filter(isGuilty).sort(bySize);
  const named = also.length > mostNamed ? [] : also;
  const rest = outside.filter((change) => !named.includes(change));
  const where = whereWords(place);
  const opening =
    outside.length === 0
      ? `The ${noun} is in ${inside.length === 1 ? 'the only cell' : `all ${inside.length} cells`}${where === '' ? '' : `, ${where}`} (${range(inside)})`
      : `${shareWords(share)} of the ${noun} is ${where} (${[shownVariants(place), range(inside)].filter((text) => text !== '').join(': ')})`;
  const parts = named.map((change) => `${change.cell.cell.id} has ${spokenChange(change.worse)}`);
  return `${[opening, ...parts, ...restWords(rest, named.length > 0)].join('; ')}.`;
}

/** Where those that changed have nothing in common that the others have not. */
function scattered(
  all: readonly CellChange[],
  isGuilty: (change: CellChange) => boolean,
  noun: string,
): string {
  const guilty = all.filter(isGuilty).sort(bySize);
  const first = guilty.slice(0, mostNamed + 1);
  const names = first.map(({ cell, worse }) => `${cell.cell.id} ${spokenChange(worse)}`);
  const more = guilty.length > first.length ? `, and ${guilty.length - first.length} more` : '';
  const rest = restWords(
    all.filter((change) => !isGuilty(change)),
    true,
  );
  const opening = `The ${noun} is in ${guilty.length} of ${all.length} cells that no setting sets apart from the others (${names.join(', ')}${more})`;
  return `${[opening, ...rest].join('; ')}.`;
}

const bySize = (a: CellChange, b: CellChange): number => Math.abs(b.worse) - Math.abs(a.worse);

const mostNamed = 2;

const shareWords = (share: number): string =>
  share > 0.9995 ? 'All' : share >= 0.85 ? 'Nearly all' : 'Most';

function restWords(rest: readonly CellChange[], isAfterOthers: boolean): string[] {
  if (rest.length === 0) return [];
  const others = isAfterOthers ? 'remaining ' : 'other ';
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
