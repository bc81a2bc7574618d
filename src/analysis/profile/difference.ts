import { type ByRole, type Role, roles } from '../../model/plan.ts';
import type {
  FunctionDifference,
  KeptProfile,
  ProfiledArm,
  ProfileFigures,
  ProfileRow,
  TakenProfile,
} from '../../model/profile.ts';
import { functionKey, rest } from './keep.ts';

type TakenRow = Extract<ProfileRow, { state: 'taken' }>;

/** Functions and places of the call tree that are reported; the others were no part of what changed. */
const mostFunctions = 60;
const mostStacks = 250;
const leastShare = 0.004;

/** This many standard errors are no chance. */
const certain = 3;

/**
 * What the time of both arms went to, and what of it changed.
 * @param measured CPU in µs per request of the launches that were measured; null where they do not tell.
 */
export function profileDifference(row: TakenRow, measured: ByRole<number | null>): TakenProfile {
  const { part, intervalUs } = row;
  const arms = {
    baseline: weighed(row.arms.baseline, measured.baseline),
    candidate: weighed(row.arms.candidate, measured.candidate),
  };
  const noise = noiseOf(arms);
  const plain = (us: ByRole<number>) => figures(us, arms, noise);
  const total = plain({ baseline: arms.baseline.sampledUs, candidate: arms.candidate.sampledUs });
  // A share of what is no change says nothing.
  const isChange = Math.abs(total.difference) > certain * total.noise;
  const shared = (us: ByRole<number>): ProfileFigures => {
    const own = plain(us);
    return { ...own, share: isChange ? own.difference / total.difference : null };
  };
  const all = functionsOf(arms);
  const stacks = stacksOf(arms, all);
  const kept = keptFunctions(all, stacks, arms);
  return {
    ...{ part, state: 'taken', intervalUs },
    arms: { baseline: armOf(arms.baseline), candidate: armOf(arms.candidate) },
    whole: { ...total, share: isChange ? 1 : null },
    origins: originsOf(all)
      .map(({ origin, us }) => ({ origin, ...shared(us) }))
      .sort(bySize),
    functions: kept.functions.map(({ of, line, us }) => ({ ...of, line, ...shared(us) })),
    stacks: stacks.map(({ key, parent, total, self }) => ({
      of: kept.places.get(key) ?? kept.functions.length - 1,
      parent,
      total: perRequest(total, arms),
      self: perRequest(self, arms),
    })),
  };
}

const bySize = (a: ProfileFigures, b: ProfileFigures): number =>
  Math.abs(b.difference) - Math.abs(a.difference);

/** A profile whose µs are divided by `requests` for what is shown. */
interface Weighed extends KeptProfile {
  readonly cpuPerRequest: number;
  readonly accounted: number;
  /** In place of the number of requests: more where samples stand for more than was spent. */
  readonly divisor: number;
}

/**
 * Samples are taken by the clock, and a process that is ready without having its core is sampled too. Waiting falls on all it
 * does in proportion, so the shares are right, and are shares of the CPU that was measured.
 */
function weighed(kept: KeptProfile, measured: number | null): Weighed {
  const { requests, cpuUs, sampledUs } = kept;
  const cpuPerRequest = measured ?? cpuUs / requests;
  const accounted = cpuPerRequest === 0 ? 0 : sampledUs / requests / cpuPerRequest;
  return { ...kept, cpuPerRequest, accounted, divisor: requests * Math.max(1, accounted) };
}

const armOf = ({ requests, samples, cpuPerRequest, accounted, files }: Weighed): ProfiledArm => ({
  ...{ requests, samples, cpuPerRequest, accounted, files },
});

const perRequest = (us: ByRole<number>, arms: ByRole<Weighed>): ByRole<number> => ({
  baseline: us.baseline / arms.baseline.divisor,
  candidate: us.candidate / arms.candidate.divisor,
});

/**
 * Samples fall at random with regard to the work, so their number n is Poisson's, with the variance n. Each stands for
 * w = sampled ÷ samples µs: a self time of S = nw has the variance nw² = Sw, and per request √(Sw) ÷ requests.
 */
const noiseOf = (arms: ByRole<Weighed>) => {
  const variance = (role: Role, us: number): number => {
    const { samples, sampledUs, divisor } = arms[role];
    return samples === 0 ? 0 : (us * sampledUs) / samples / divisor ** 2;
  };
  return (us: ByRole<number>): number =>
    Math.sqrt(variance('baseline', us.baseline) + variance('candidate', us.candidate));
};

function figures(
  us: ByRole<number>,
  arms: ByRole<Weighed>,
  noise: (us: ByRole<number>) => number,
): Omit<ProfileFigures, 'share'> {
  const { baseline, candidate } = perRequest(us, arms);
  return { baseline, candidate, difference: candidate - baseline, noise: noise(us) };
}

interface Matched {
  readonly of: Pick<FunctionDifference, 'name' | 'origin' | 'file'>;
  readonly line: Record<Role, number | null>;
  readonly us: Record<Role, number>;
}

function functionsOf(arms: ByRole<Weighed>): ReadonlyMap<string, Matched> {
  const found = new Map<string, Matched>();
  for (const role of roles) {
    for (const { line, selfUs, ...of } of arms[role].functions) {
      const key = functionKey(of);
      const known = found.get(key) ?? empty(of);
      known.us[role] += selfUs;
      known.line[role] ??= line;
      found.set(key, known);
    }
  }
  return found;
}

const empty = (of: Matched['of']): Matched => ({
  of,
  line: { baseline: null, candidate: null },
  us: { baseline: 0, candidate: 0 },
});

function originsOf(functions: ReadonlyMap<string, Matched>) {
  const found = new Map<string, { origin: Matched['of']['origin']; us: Record<Role, number> }>();
  for (const { of, us } of functions.values()) {
    const key = `${of.origin.kind} ${of.origin.name}`;
    const known = found.get(key) ?? { origin: of.origin, us: { baseline: 0, candidate: 0 } };
    for (const role of roles) known.us[role] += us[role];
    found.set(key, known);
  }
  return [...found.values()];
}

/** The largest differences and all that is in the tree; what is left is one function, the last. */
function keptFunctions(
  all: ReadonlyMap<string, Matched>,
  stacks: readonly Place[],
  arms: ByRole<Weighed>,
) {
  const size = ({ us }: Matched): number => {
    const { baseline, candidate } = perRequest(us, arms);
    return Math.abs(candidate - baseline);
  };
  const restKey = functionKey(rest);
  const drawn = new Set(stacks.map(({ key }) => key));
  const ranked = [...all].sort(([, a], [, b]) => size(b) - size(a));
  const isKept = ([key]: (typeof ranked)[number], place: number): boolean =>
    key !== restKey && (place < mostFunctions || drawn.has(key));
  const others = ranked.filter((entry, place) => !isKept(entry, place));
  const last = empty(rest);
  for (const [, { us }] of others) for (const role of roles) last.us[role] += us[role];
  const named = ranked.filter(isKept);
  const hasRest = others.length > 0 || drawn.has(restKey);
  const places = new Map(named.map(([key], place) => [key, place]));
  const functions = named.map(([, matched]) => matched);
  return { places, functions: hasRest ? [...functions, last] : functions };
}

interface Place {
  readonly key: string;
  readonly parent: number;
  readonly total: Record<Role, number>;
  readonly self: Record<Role, number>;
}

/** Both trees as one, without what is small in both: that is its caller's. */
function stacksOf(arms: ByRole<Weighed>, all: ReadonlyMap<string, Matched>): readonly Place[] {
  const places = mergedTrees(arms, [...all.keys()]);
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
  return pruned(places, new Set(ranked.slice(0, mostStacks)));
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
