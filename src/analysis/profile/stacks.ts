import { type ByRole, type Role, roles } from '../../model/plan.ts';
import { functionKey, rest } from './keep.ts';
import { perRequest, type Weighed } from './weighed.ts';

/** What of the call tree is reported: the rest was no part of what changed. */
const mostPlaces = 250;
const leastShare = 0.004;

/** A place in the call tree of both arms, in µs of each. */
export interface Place {
  readonly key: string;
  readonly parent: number;
  readonly total: Record<Role, number>;
  readonly self: Record<Role, number>;
}

/** Both trees as one, without what is small in both: that is its caller's. */
export function stacksOf(arms: ByRole<Weighed>, keys: readonly string[]): readonly Place[] {
  const places = mergedTrees(arms, keys);
  for (const { parent, total } of places.toReversed()) {
    const caller = places[parent];
    if (caller !== undefined) for (const role of roles) caller.total[role] += total[role];
  }
  const whole = perRequest(
    { baseline: arms.baseline.sampledUs, candidate: arms.candidate.sampledUs },
    arms,
  );
  const least = leastShare * Math.max(whole.baseline, whole.candidate);
  const width = (at: number): number => {
    const place = places[at];
    if (place === undefined) return 0;
    const { baseline, candidate } = perRequest(place.total, arms);
    return Math.max(baseline, candidate);
  };
  const ranked = places
    .map((_, at) => at)
    .filter((at) => width(at) >= least)
    .sort((a, b) => width(b) - width(a));
  return pruned(places, new Set(ranked.slice(0, mostPlaces)));
}

function mergedTrees(arms: ByRole<Weighed>, keys: readonly string[]): readonly Place[] {
  const places: Place[] = [];
  const known = new Map<string, number>();
  const numbers = new Map(keys.map((key, number) => [key, number]));
  for (const role of roles) {
    const went: number[] = [];
    const ownKeys = arms[role].functions.map(functionKey);
    for (const [at, [of, caller, selfUs]] of arms[role].nodes.entries()) {
      const key = ownKeys[of] ?? functionKey(rest);
      const parent = went[caller] ?? -1;
      const path = `${parent} ${numbers.get(key)}`;
      const place = known.get(path) ?? places.length;
      if (place === places.length) {
        known.set(path, place);
        const nothing = () => ({ baseline: 0, candidate: 0 });
        places.push({ key, parent, total: nothing(), self: nothing() });
      }
      went[at] = place;
      const found = places[place];
      if (found === undefined) continue;
      found.self[role] += selfUs;
      found.total[role] += selfUs;
    }
  }
  return places;
}

/** What is left out becomes a place of the rest below its nearest caller, so that all still add up. */
function pruned(places: readonly Place[], kept: ReadonlySet<number>): readonly Place[] {
  const left: Place[] = [];
  const went: number[] = [];
  const rests = new Map<number, Place>();
  for (const [at, place] of places.entries()) {
    const parent = went[place.parent] ?? -1;
    if (kept.has(at)) {
      went[at] = left.length;
      left.push({ ...place, parent });
      continue;
    }
    went[at] = parent;
    const known = rests.get(parent);
    if (known === undefined) {
      const own = { ...place.self };
      const added = { key: functionKey(rest), parent, total: own, self: { ...own } };
      rests.set(parent, added);
      left.push(added);
    } else {
      for (const role of roles) {
        known.total[role] += place.self[role];
        known.self[role] += place.self[role];
      }
    }
  }
  return left;
}
