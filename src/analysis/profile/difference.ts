import { type ByRole, type Role, roles } from '../../model/plan.ts';
import type {
  FunctionDifference,
  ProfiledArm,
  ProfileFigures,
  ProfileRow,
  TakenProfile,
} from '../../model/profile.ts';
import { callersOf } from './callers.ts';
import { functionKey, rest } from './keep.ts';
import { type Place, stacksOf } from './stacks.ts';
import { noiseOf, perRequest, type Weighed, weighed } from './weighed.ts';

type TakenRow = Extract<ProfileRow, { state: 'taken' }>;

/** Functions that are reported beside those of the call tree. */
const mostFunctions = 60;

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
  const stacks = stacksOf(arms, [...all.keys()]);
  const kept = keptFunctions(all, stacks, arms);
  const places = stacks.map(({ key, parent, total, self }) => ({
    of: kept.places.get(key) ?? kept.functions.length - 1,
    parent,
    total: perRequest(total, arms),
    self: perRequest(self, arms),
  }));
  const named = kept.functions.map(({ of }) => of);
  const callers = callersOf(named, places);
  return {
    ...{ part, state: 'taken', intervalUs },
    arms: { baseline: armOf(arms.baseline), candidate: armOf(arms.candidate) },
    whole: { ...total, share: isChange ? 1 : null },
    origins: originsOf(all)
      .map(({ origin, us }) => ({ origin, ...shared(us) }))
      .sort(bySize),
    functions: kept.functions.map(({ of, line, us }, place) => ({
      ...{ ...of, line, calledBy: callers.get(place) ?? null },
      ...shared(us),
    })),
    stacks: places,
  };
}

const bySize = (a: ProfileFigures, b: ProfileFigures): number =>
  Math.abs(b.difference) - Math.abs(a.difference);

const armOf = ({ requests, samples, cpuPerRequest, accounted, files }: Weighed): ProfiledArm => ({
  ...{ requests, samples, cpuPerRequest, accounted, files },
});

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
