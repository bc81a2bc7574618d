import type { Axis } from './axes.ts';
import { entry, type Located } from './located.ts';
import { failureAt, type Place } from './place.ts';
import { shown, suggestion } from './wording.ts';

/** Axis → variant; matches the cells that have all of them. */
export type Pattern = ReadonlyMap<string, string>;

export const matches = (pattern: Pattern, variants: Pattern): boolean =>
  [...pattern].every(([axis, variant]) => variants.get(axis) === variant);

export interface KnownAxes {
  /** Those that span the cells. */
  readonly axes: readonly Axis[];
  readonly compared: Axis | null;
}

interface Said {
  readonly axis: string;
  readonly variant: string;
  readonly axisPlace: Place;
  readonly variantPlace: Place;
}

const requireKnown = ({ axes, compared }: KnownAxes, said: Said): void => {
  if (said.axis === compared?.name)
    throw failureAt(
      said.axisPlace,
      `${said.axis} is the compare axis, and every cell has both of its roles. Name other axes only.`,
    );
  const names = axes.map(({ name }) => name);
  const axis = axes.find(({ name }) => name === said.axis);
  if (!axis)
    throw failureAt(
      said.axisPlace,
      `${shown(said.axis)} is not an axis of the matrix. ${suggestion(said.axis, names)}`,
    );
  const variants = axis.variants.map(({ name }) => name);
  if (!variants.includes(said.variant))
    throw failureAt(
      said.variantPlace,
      `${shown(said.variant)} is not a variant of the axis ${axis.name}. ${suggestion(said.variant, variants)}`,
    );
};

/** The patterns of `include` or `exclude`. */
export const filePatterns = (
  root: Located,
  key: 'include' | 'exclude',
  known: KnownAxes,
): readonly Pattern[] => {
  const list = entry(root, key)?.value;
  if (list?.kind !== 'list') return [];
  return list.items.map((item) => {
    const entries = item.kind === 'mapping' ? [...item.entries] : [];
    if (entries.length === 0)
      throw failureAt(
        item.place,
        'an empty pattern matches every cell. Name an axis and a variant.',
      );
    return new Map(
      entries.map(([axis, said]): [string, string] => {
        const variant = said.value.kind === 'scalar' ? said.value.source : '';
        requireKnown(known, {
          axis,
          variant,
          axisPlace: said.key,
          variantPlace: said.value.place,
        });
        return [axis, variant];
      }),
    );
  });
};

/** `tls=1.3,reuse=close`, the way a cell's id is written. */
export const optionPattern = (text: string, known: KnownAxes): Pattern => {
  const place: Place = { kind: 'option', option: '--only' };
  const pattern = new Map<string, string>();
  for (const part of text.split(',')) {
    const [axis = '', variant, ...more] = part.split('=').map((name) => name.trim());
    if (axis === '' || variant === undefined || more.length > 0)
      throw failureAt(place, `${shown(part)} is not axis=variant. Write ${exampleOf(known)}.`);
    requireKnown(known, { axis, variant, axisPlace: place, variantPlace: place });
    if (pattern.has(axis))
      throw failureAt(place, `${shown(text)} names ${axis} twice. Use --only once for each.`);
    pattern.set(axis, variant);
  }
  return pattern;
};

const exampleOf = ({ axes }: KnownAxes): string => {
  const [axis] = axes;
  return `one such as ${axis ? `${axis.name}=${axis.variants[0]?.name}` : 'tls=1.3'}`;
};

/** The way to write a pattern in `exclude`. */
export const shownPattern = (pattern: Pattern): string => {
  const plain = (name: string) => (/^\w[\w.@/+-]*$/.test(name) ? name : shown(name));
  return `{ ${[...pattern].map(([axis, variant]) => `${plain(axis)}: ${plain(variant)}`).join(', ')} }`;
};
