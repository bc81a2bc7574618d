import type { StackDifference } from '../../model/profile.ts';
import type { Role } from '../../model/plan.ts';
import { element, type Markup, text } from '../markup.ts';
import { fine } from './plot.ts';

/** A place in the call tree, with where it is drawn. */
interface Box {
  readonly place: StackDifference;
  readonly depth: number;
  /** Shares of the width. */
  readonly from: number;
  readonly width: number;
}

const rowHeight = 18;
/** Narrower boxes could neither be seen nor read. */
const leastWidth = 0.004;
const leastNamed = 0.03;
const mostBoxes = 120;
/** Of the whole change: from here on a place is coloured, and from here on strongly. */
const shades = [0.05, 0.4];

/**
 * The call tree from the roots down: the width of a box is the time in it and below it in one arm, its colour and its sign
 * how that differs between the arms.
 * @param nameOf a place, escaped by whoever writes it
 * @param titleOf what is said of it in full
 */
export function icicle(
  stacks: readonly StackDifference[],
  role: Role,
  nameOf: (place: StackDifference) => string,
  titleOf: (place: StackDifference) => string,
): Markup | null {
  const boxes = laidOut(stacks, role);
  if (boxes.length === 0) return null;
  const depth = Math.max(...boxes.map((box) => box.depth)) + 1;
  const change = Math.abs(
    stacks.reduce((sum, place) => (place.parent === -1 ? sum + differenceOf(place) : sum), 0),
  );
  return element(
    'svg',
    { class: 'icicle', width: '100%', height: depth * rowHeight, 'aria-hidden': 'true' },
    ...boxes.map(({ place, depth: row, from, width }) => {
      const sign = signOf(place, change);
      return element(
        'svg',
        {
          class: sign.shade,
          x: `${fine(from * 100)}%`,
          y: row * rowHeight,
          width: `${fine(width * 100)}%`,
          height: rowHeight,
        },
        element('title', {}, text(titleOf(place))),
        element('rect', { width: '100%', height: rowHeight - 1 }),
        ...(width < leastNamed
          ? []
          : [element('text', { x: 3, y: 12.5 }, text(`${sign.mark}${nameOf(place)}`))]),
      );
    }),
  );
}

const differenceOf = ({ total }: StackDifference): number => total.candidate - total.baseline;

function signOf(place: StackDifference, change: number) {
  const difference = differenceOf(place);
  const level = shades.filter((shade) => Math.abs(difference) >= shade * change).length;
  if (level === 0 || change === 0) return { shade: 'same', mark: '' };
  return difference > 0
    ? { shade: `more-${level}`, mark: '▲ ' }
    : { shade: `less-${level}`, mark: '▼ ' };
}

/** The widest, each below its caller; siblings by their width. */
function laidOut(stacks: readonly StackDifference[], role: Role): readonly Box[] {
  const callees = new Map<number, number[]>();
  for (const [i, { parent }] of stacks.entries()) {
    const known = callees.get(parent);
    if (known === undefined) callees.set(parent, [i]);
    else known.push(i);
  }
  const timeOf = (i: number): number => stacks[i]?.total[role] ?? 0;
  const whole = (callees.get(-1) ?? []).reduce((sum, i) => sum + timeOf(i), 0);
  if (whole <= 0) return [];
  const boxes: Box[] = [];
  const place = (parent: number, from: number, depth: number): void => {
    let at = from;
    const own = [...(callees.get(parent) ?? [])].sort((a, b) => timeOf(b) - timeOf(a));
    for (const i of own) {
      const width = timeOf(i) / whole;
      const found = stacks[i];
      if (found === undefined || width < leastWidth) continue;
      boxes.push({ place: found, depth, from: at, width });
      place(i, at, depth + 1);
      at += width;
    }
  };
  place(-1, 0, 0);
  // A caller is at least as wide as its callees: what stays has its callers.
  return [...boxes].sort((a, b) => b.width - a.width || a.depth - b.depth).slice(0, mostBoxes);
}
