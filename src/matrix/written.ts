import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../model/settings.ts';
import type { LocatedMapping } from './located.ts';
import { ofKind, sharedKeys, writes } from './overlay.ts';

/** The settings that overlays write, each by its section and key: `client.runtime`. */
export const writtenBy = (overlays: readonly LocatedMapping[]): readonly string[] => [
  ...new Set(
    overlays
      .flatMap((overlay) => writes(overlay))
      .map(({ path: [section, key, below] }) =>
        [section, key === ofKind ? (below ?? ofKind) : key].join('.'),
      ),
  ),
];

/** The matrix file's, which a checkout may have anywhere: what a command does there nobody can compare. */
const place = 'target.folder';

/**
 * The first setting, as a matrix file names it, that two runs do not share though what they compare does not
 * write it; null where there is none.
 * @param written by either of them, from `writtenBy`.
 */
export function differingSetting(
  a: Settings,
  b: Settings,
  written: readonly string[],
): string | null {
  for (const section of ['scenario', 'target', 'client', 'connection'] as const) {
    const [ours, theirs]: readonly Readonly<Record<string, unknown>>[] = [
      { ...a[section] },
      { ...b[section] },
    ];
    for (const key of new Set([...Object.keys({ ...ours }), ...Object.keys({ ...theirs })])) {
      const name = nameOf(section, key);
      if (`${section}.${key}` === place || isDeepStrictEqual(ours?.[key], theirs?.[key])) continue;
      if (!written.includes(name) && !written.includes(kindOf(section, key))) return name;
    }
  }
  return null;
}

/** A file says durations with their unit; `kind` and `order` follow from other keys. */
function nameOf(section: string, key: string): string {
  if (key === 'kind') return section;
  return `${section}.${key === 'order' ? 'requests' : key.replace(/Ms$/, '')}`;
}

/** An overlay that says what kind of target there is writes all that depends on it. */
const kindOf = (section: string, key: string): string =>
  sharedKeys(section).includes(key) ? '' : `${section}.${ofKind}`;
