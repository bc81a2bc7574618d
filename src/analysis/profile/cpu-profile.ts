/**
 * A `.cpuprofile`: what V8's `Profiler.stop` gives, as the Chrome DevTools protocol describes it (Profiler.Profile). Written
 * by the process that was profiled, so nothing in it is believed.
 */
export interface CpuProfile {
  /** A caller before what it calls; the first is the root. */
  readonly nodes: readonly CallNode[];
}

export interface CallNode {
  readonly name: string;
  readonly url: string;
  /** From 1; null where there is none. */
  readonly line: number | null;
  /** Place in the list; −1 of the root. */
  readonly parent: number;
  readonly samples: number;
  readonly selfUs: number;
}

const mostNodes = 200_000;

/**
 * A sample stands for the time until the next one. On a busy core that may be several intervals later; after this many the
 * machine itself stood still.
 */
const mostIntervals = 20;

/** @throws Error that says what is wrong with it. */
export function parseCpuProfile(text: string, intervalUs: number): CpuProfile {
  const stored: unknown = JSON.parse(text);
  const { nodes, samples, timeDeltas } = part(stored);
  if (!Array.isArray(nodes) || !Array.isArray(samples) || !Array.isArray(timeDeltas))
    throw new Error('it has no nodes, no samples or no times');
  if (nodes.length > mostNodes) throw new Error(`it has ${nodes.length} nodes`);
  const byId = new Map<unknown, Part>(nodes.map((node) => [part(node).id, part(node)]));
  const selfs = new Map<unknown, { samples: number; us: number }>();
  for (const [index, id] of samples.entries()) {
    const delta: unknown = timeDeltas[index + 1] ?? intervalUs;
    if (typeof delta !== 'number' || !Number.isFinite(delta)) throw new Error('a time is none');
    const self = selfs.get(id) ?? { samples: 0, us: 0 };
    self.samples += 1;
    self.us += Math.round(Math.min(Math.max(0, delta), mostIntervals * intervalUs));
    selfs.set(id, self);
  }
  return { nodes: inOrder(nodes[0], byId, selfs) };
}

type Part = Readonly<Record<string, unknown>>;

const part = (value: unknown): Part =>
  typeof value === 'object' && value !== null ? (value as Part) : {};

/** From the root down, each node once: a loop in a damaged file ends nowhere. */
function inOrder(
  root: unknown,
  byId: ReadonlyMap<unknown, Part>,
  selfs: ReadonlyMap<unknown, { readonly samples: number; readonly us: number }>,
): readonly CallNode[] {
  const found: CallNode[] = [];
  const seen = new Set<unknown>();
  const waiting = [{ id: part(root).id, parent: -1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = byId.get(next.id);
    if (node === undefined || seen.has(next.id)) continue;
    seen.add(next.id);
    const { functionName, url, lineNumber } = part(node.callFrame);
    const self = selfs.get(next.id) ?? { samples: 0, us: 0 };
    const parent = found.length;
    found.push({
      name: typeof functionName === 'string' ? functionName : '',
      url: typeof url === 'string' ? url : '',
      line: typeof lineNumber === 'number' && lineNumber >= 0 ? lineNumber + 1 : null,
      ...{ parent: next.parent, samples: self.samples, selfUs: self.us },
    });
    if (!Array.isArray(node.children)) continue;
    for (const id of node.children.toReversed()) waiting.push({ id, parent });
  }
  return found;
}
