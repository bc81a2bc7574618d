/** A node of a tree from which a `.cpuprofile` is made: how often it was sampled, and what it called. */
export interface Sampled {
  readonly name: string;
  readonly url?: string;
  readonly line?: number;
  readonly samples?: number;
  readonly calls?: readonly Sampled[];
}

/** As V8 writes it, with a sample each 500 µs. */
export function cpuProfileOf(calls: readonly Sampled[]): string {
  const nodes: object[] = [];
  const samples: number[] = [];
  const add = ({ name, url = '', line = 0, samples: times = 0, calls = [] }: Sampled): number => {
    const id = nodes.length + 1;
    const node = {
      ...{ id, callFrame: { functionName: name, url, lineNumber: line - 1, scriptId: '0' } },
      ...{ hitCount: times, children: [] as number[] },
    };
    nodes.push(node);
    for (let n = 0; n < times; n += 1) samples.push(id);
    node.children.push(...calls.map(add));
    return id;
  };
  add({ name: '(root)', calls });
  const timeDeltas = samples.map((_, index) => (index === 0 ? 0 : 500));
  return JSON.stringify({ nodes, startTime: 0, endTime: 1, samples, timeDeltas });
}
