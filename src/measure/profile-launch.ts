import { type Cell, type ByRole, type Measure, type Role, roles } from '../model/plan.ts';
import type { MissingProfile, ProfiledPart } from '../model/profile.ts';
import { noNode, Profiler } from '../process/profiler.ts';
import type { RunningArm } from './arm.ts';
import { type ArmPlan, startArms } from './arms.ts';
import { type MeasuredSlice, runSlice, type Work } from './slice.ts';
import { planSlices, workOf } from './slice-plan.ts';
import { turn } from './warmup.ts';

export interface ProfileLaunch {
  readonly cell: Cell;
  /** Of these processes: those of ours, or that may be a Node. */
  readonly parts: readonly ProfiledPart[];
  readonly armOf: (role: Role) => ArmPlan;
  readonly measure: Measure;
  /** After this no further slices begin. */
  readonly mostMs: number;
  readonly intervalUs: number;
  /** For its sockets. */
  readonly runFolder: string;
  /** Where the profile of a process goes. */
  readonly fileOf: (place: ProfilePlace) => string;
  readonly now: () => number;
  readonly aborted: () => void;
}

export interface ProfilePlace {
  readonly role: Role;
  readonly part: ProfiledPart;
  readonly worker: number;
}

export type Profiled =
  | { readonly state: 'taken'; readonly part: ProfiledPart; readonly arms: ByRole<ProfiledArm> }
  | MissingProfile;

interface ProfiledArm {
  readonly requests: number;
  /** Of all processes of the part, in the profiled slices. */
  readonly cpuUs: number;
  readonly workers: readonly number[];
}

/**
 * Both arms once more, with a profiler in their Node processes from the end of the warm-up to the last slice. Slices alternate
 * as in a launch that is measured, and nothing of it enters a figure: a profiler costs CPU.
 * @throws ChildFailure where an arm does not start, or fails.
 */
export async function profileLaunch(options: ProfileLaunch): Promise<readonly Profiled[]> {
  const stops: (() => Promise<void>)[] = [];
  try {
    return await profiled(options, (stop) => void stops.push(stop));
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
}

type Profilers = ReadonlyMap<ProfiledPart, ByRole<Profiler>>;

async function profiled(
  options: ProfileLaunch,
  started: (stop: () => Promise<void>) => void,
): Promise<readonly Profiled[]> {
  const { cell, measure, now, aborted, mostMs } = options;
  const profilers = await openAll(options, started);
  const armOf = (role: Role): ArmPlan => withProfilers(options.armOf(role), role, profilers);
  const fresh = await startArms({ cell, armOf, order: roles, relayed: false, started });
  const strangers = withoutNode(profilers);
  if (strangers.length === profilers.size) return strangers;
  const run = (measured: boolean) => (arm: RunningArm, role: Role, work: Work) => {
    aborted();
    const { requestTimeoutMs } = cell.arms[role].client;
    return runSlice(arm, work, { measured, requestTimeoutMs });
  };
  const { arms, work, blocks } = await planSlices(fresh, run(false), { cell, measure, now });
  const missing = await startAll(profilers, options);
  if (missing.size === profilers.size) return [...missing.values()];

  const spent = { baseline: nothingSpent(), candidate: nothingSpent() };
  const startedAt = now();
  for (let pair = 0; pair < 2 * blocks && now() - startedAt < mostMs; pair += 1) {
    for (const role of turn(pair + 1)) {
      const slice = await run(true)(arms[role], role, workOf(work, pair >> 1));
      add(spent[role], slice);
    }
  }
  return stopAll(profilers, missing, spent, options);
}

interface Spent {
  requests: number;
  readonly cpuUs: Record<ProfiledPart, number>;
}

const nothingSpent = (): Spent => ({ requests: 0, cpuUs: { client: 0, target: 0 } });

function add(spent: Spent, { workers, targetCpuUs }: MeasuredSlice): void {
  for (const { requests, cpuUs } of workers) {
    spent.requests += requests;
    spent.cpuUs.client += cpuUs;
  }
  spent.cpuUs.target += targetCpuUs ?? 0;
}

async function openAll(
  { parts, runFolder }: ProfileLaunch,
  started: (stop: () => Promise<void>) => void,
): Promise<Profilers> {
  const open = async (part: ProfiledPart, role: Role): Promise<Profiler> => {
    const profiler = await Profiler.open(runFolder, `profile-${part}-${role}`);
    started(async () => profiler.close());
    return profiler;
  };
  const opened = new Map<ProfiledPart, ByRole<Profiler>>();
  for (const part of parts) {
    const [baseline, candidate] = [await open(part, 'baseline'), await open(part, 'candidate')];
    opened.set(part, { baseline, candidate });
  }
  return opened;
}

function withProfilers(arm: ArmPlan, role: Role, profilers: Profilers): ArmPlan {
  const [client, target] = [profilers.get('client'), profilers.get('target')];
  return {
    ...arm,
    clientEnv: client?.[role].environment(arm.clientEnv) ?? arm.clientEnv,
    targetEnv: target?.[role].environment(arm.targetEnv) ?? arm.targetEnv,
  };
}

/** Parts of which an arm has no Node process, now that all are started. */
const withoutNode = (profilers: Profilers): readonly MissingProfile[] =>
  [...profilers].flatMap(([part, byRole]) => {
    const role = roles.find((of) => !byRole[of].hasProcess);
    return role === undefined ? [] : [missingOf(part, role, noNode)];
  });

/** @returns the parts that cannot be profiled in one of the arms. */
async function startAll(
  profilers: Profilers,
  { intervalUs }: ProfileLaunch,
): Promise<Map<ProfiledPart, MissingProfile>> {
  const missing = new Map<ProfiledPart, MissingProfile>();
  for (const [part, byRole] of profilers) {
    const whys = await Promise.all(roles.map((role) => byRole[role].start(intervalUs)));
    const at = whys.findIndex((why) => why !== null);
    const [role, why] = [roles[at], whys[at]];
    if (role !== undefined && why !== undefined && why !== null)
      missing.set(part, missingOf(part, role, why));
  }
  return missing;
}

async function stopAll(
  profilers: Profilers,
  missing: ReadonlyMap<ProfiledPart, MissingProfile>,
  spent: ByRole<Spent>,
  { fileOf }: ProfileLaunch,
): Promise<readonly Profiled[]> {
  const all: Profiled[] = [];
  for (const [part, byRole] of profilers) {
    const known = missing.get(part);
    if (known !== undefined) {
      all.push(known);
      continue;
    }
    const stop = (role: Role) => byRole[role].stop((worker) => fileOf({ role, part, worker }));
    const [baseline, candidate] = await Promise.all([stop('baseline'), stop('candidate')]);
    if (typeof baseline === 'string') all.push(missingOf(part, 'baseline', baseline));
    else if (typeof candidate === 'string') all.push(missingOf(part, 'candidate', candidate));
    else {
      const arm = (role: Role, workers: readonly number[]): ProfiledArm => {
        const { requests, cpuUs } = spent[role];
        return { requests, cpuUs: cpuUs[part], workers };
      };
      const arms = { baseline: arm('baseline', baseline), candidate: arm('candidate', candidate) };
      all.push({ state: 'taken', part, arms });
    }
  }
  return all;
}

function missingOf(part: ProfiledPart, role: Role, why: string): MissingProfile {
  const reason = `the ${part} of the ${role}: ${why}`;
  if (why === noNode) {
    const next = 'Profile it with a profiler of its own language, under the same load.';
    return { part, state: 'impossible', reason, next };
  }
  const next = 'Run the cell again with --only, or take a profile by hand with node --cpu-prof.';
  return { part, state: 'failed', reason, next };
}
