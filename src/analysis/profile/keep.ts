import type { KeptProfile, ProfiledFunction } from '../../model/profile.ts';
import type { CallNode, CpuProfile } from './cpu-profile.ts';
import { type Located, locate, type Roots, shortened } from './origin.ts';

/** What is kept of a profile: enough for a graph that can still be read. A row of both arms stays below 60 kB. */
const mostNodes = 400;
const mostFunctions = 100;
/** Of those that nodes are of, beside the largest. */
const mostDrawn = 120;
/** Of the whole: what is smaller cannot be seen. */
const leastShare = 0.001;

/** A function by name and file: lines move between versions. */
export const functionKey = ({ name, file, origin }: ProfiledFunction): string =>
  JSON.stringify([name, file, origin.kind, origin.name]);

export const rest: ProfiledFunction = {
  name: '(rest)',
  origin: { kind: 'rest', name: '(rest)' },
  file: '',
};

/** The profiles of all processes of one part of an arm as one, small, and free of what is the machine's own. */
export function keptProfile(
  profiles: readonly CpuProfile[],
  roots: Roots,
): Pick<KeptProfile, 'samples' | 'sampledUs' | 'functions' | 'nodes'> {
  const tree = mergedTree(profiles, roots);
  const sampledUs = tree.reduce((sum, { selfUs }) => sum + selfUs, 0);
  const samples = tree.reduce((sum, node) => sum + node.samples, 0);
  const kept = largest(tree, sampledUs * leastShare);
  return { samples, sampledUs, ...listed(tree, kept) };
}

interface Merged {
  readonly of: ProfiledFunction;
  readonly key: string;
  readonly parent: number;
  readonly lines: Map<number, number>;
  samples: number;
  selfUs: number;
}

const idle = '(idle)';
const root = '(root)';

/** Callers before what they call. What is idle is left out, and so is the root, unless it has samples. */
function mergedTree(profiles: readonly CpuProfile[], roots: Roots): readonly Merged[] {
  const merged: Merged[] = [];
  const places = new Map<string, number>();
  for (const { nodes } of profiles) {
    /** Where each node of this profile went; −1 for those that are left out. */
    const went: number[] = [];
    const where: Located[] = [];
    for (const [index, node] of nodes.entries()) {
      const parent = went[node.parent] ?? -1;
      const located = locatedNode(node, where[node.parent] ?? null, roots);
      where[index] = located;
      const isRoot = node.parent === -1 && node.samples === 0;
      if (isRoot || isIdle(node)) {
        went[index] = -1;
        continue;
      }
      const of = { name: shortened(node.name || '(anonymous)'), ...located };
      const key = functionKey(of);
      const place = `${parent} ${key}`;
      const at = places.get(place) ?? merged.length;
      if (at === merged.length) {
        places.set(place, at);
        merged.push({ of, key, parent, lines: new Map(), samples: 0, selfUs: 0 });
      }
      went[index] = at;
      const found = merged[at];
      if (found === undefined) continue;
      found.samples += node.samples;
      found.selfUs += node.selfUs;
      if (node.line !== null)
        found.lines.set(node.line, (found.lines.get(node.line) ?? 0) + node.selfUs);
    }
  }
  return merged;
}

const isIdle = ({ name, url }: CallNode): boolean => url === '' && name === idle;

/** Native functions are of whoever called them; where nobody did, they are what V8 calls them. */
function locatedNode(node: CallNode, caller: Located | null, roots: Roots): Located {
  if (node.url !== '') return locate(node.url, roots);
  const isPseudo = /^\(.*\)$/.test(node.name) && node.name !== '(anonymous)';
  if (!isPseudo && caller !== null && caller.origin.kind !== 'runtime')
    return { origin: caller.origin, file: '' };
  const name = isPseudo && node.name !== root ? shortened(node.name) : '(program)';
  return { origin: { kind: 'runtime', name }, file: '' };
}

/** Those with the most time in and below them, with all their callers. */
function largest(tree: readonly Merged[], leastUs: number): ReadonlySet<number> {
  const total = tree.map(({ selfUs }) => selfUs);
  for (let at = tree.length - 1; at >= 0; at -= 1) {
    const parent = tree[at]?.parent ?? -1;
    if (parent >= 0) total[parent] = (total[parent] ?? 0) + (total[at] ?? 0);
  }
  const bySize = tree
    .map((_, at) => at)
    .filter((at) => (total[at] ?? 0) > leastUs)
    // Sorting is stable: of a caller and its only callee the caller stays first.
    .sort((a, b) => (total[b] ?? 0) - (total[a] ?? 0));
  const kept = new Set<number>();
  const drawn = new Set<string>();
  for (const at of bySize) {
    const node = tree[at];
    if (node === undefined || (node.parent !== -1 && !kept.has(node.parent))) continue;
    if (!drawn.has(node.key) && drawn.size === mostDrawn) continue;
    drawn.add(node.key);
    kept.add(at);
    if (kept.size === mostNodes) break;
  }
  return kept;
}

function listed(
  tree: readonly Merged[],
  kept: ReadonlySet<number>,
): Pick<KeptProfile, 'functions' | 'nodes'> {
  const all = functionsIn(tree);
  const drawn = new Set([...kept].map((at) => tree[at]?.key));
  const [named, dropped] = [all.slice(0), [] as typeof all];
  for (let at = all.length - 1; at >= mostFunctions; at -= 1) {
    const [small] = drawn.has(all[at]?.key) ? [] : named.splice(at, 1);
    if (small !== undefined) dropped.push(small);
  }
  const places = new Map(named.map(({ key }, place) => [key, place]));
  const functions = named.map(({ of, line, selfUs }) => ({ ...of, line, selfUs }));
  const restUs = dropped.reduce((sum, { selfUs }) => sum + selfUs, 0);
  const nodes: [number, number, number][] = [];
  const went: number[] = [];
  const rests = new Map<number, [number, number, number]>();
  for (const [at, { key, parent, selfUs }] of tree.entries()) {
    const caller = went[parent] ?? -1;
    if (kept.has(at)) {
      went[at] = nodes.length;
      nodes.push([places.get(key) ?? functions.length, caller, selfUs]);
      continue;
    }
    went[at] = caller;
    if (selfUs === 0) continue;
    const known = rests.get(caller);
    if (known !== undefined) known[2] += selfUs;
    else {
      const node: [number, number, number] = [functions.length, caller, selfUs];
      rests.set(caller, node);
      nodes.push(node);
    }
  }
  const hasRest = restUs > 0 || rests.size > 0;
  return {
    functions: hasRest ? [...functions, { ...rest, line: null, selfUs: restUs }] : functions,
    nodes,
  };
}

/** By self time. A function that is called in several ways is one, on the line that took the most. */
function functionsIn(tree: readonly Merged[]) {
  const found = new Map<string, { of: ProfiledFunction; us: number; lines: Map<number, number> }>();
  for (const { of, key, lines, selfUs } of tree) {
    const known = found.get(key) ?? { of, us: 0, lines: new Map<number, number>() };
    known.us += selfUs;
    for (const [line, us] of lines) known.lines.set(line, (known.lines.get(line) ?? 0) + us);
    found.set(key, known);
  }
  return [...found]
    .map(([key, { of, us, lines }]) => {
      const [line = null] = [...lines].sort((a, b) => b[1] - a[1])[0] ?? [];
      return { key, of, selfUs: us, line };
    })
    .sort((a, b) => b.selfUs - a.selfUs);
}
