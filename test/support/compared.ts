import type { ArmTotals } from '../../src/analysis/arm-totals.ts';
import type { ComparedCell } from '../../src/analysis/causes/compared-cells.ts';
import type { Unit } from '../../src/model/causes.ts';
import { noCounts } from '../../src/model/counts.ts';
import { type ByRole, type Cell, type Plan, type Role, roles } from '../../src/model/plan.ts';
import type { Comparison, Verdict } from '../../src/model/report.ts';
import type { Random } from '../../src/stats/random.ts';
import { normal } from './normal.ts';

/** Cells as a run would leave them, where a client's CPU is just what its units cost. */

/** µs of CPU by `kind` or `kind TLS-version`; what is not named costs nothing. */
export type Prices = Readonly<Record<string, number>>;

const priceOf = (prices: Prices, { kind, tls }: Unit): number =>
  (tls === null ? undefined : prices[`${kind} ${tls}`]) ?? prices[kind] ?? 0;

interface World {
  readonly prices: ByRole<Prices>;
  readonly launches: number;
  /** Relative scatter of each arm in each launch, and of what both arms of a launch share. */
  readonly sd: number;
  readonly shared?: number;
  readonly random: Random;
  readonly trusted: number;
}

const requests = 1000;

/** By the settings of the cell: what a correct client does in it. */
function countsIn({ arms }: Cell, role: Role) {
  const { connection, target } = arms[role];
  const { reuse, tls, session, context, dns } = connection;
  const connections =
    reuse.kind === 'keep-alive' ? 0 : reuse.kind === 'close' ? requests : requests / reuse.requests;
  const handshakes = tls === 'none' ? 0 : connections;
  const resumed = session === 'resumed' ? handshakes : 0;
  return {
    ...noCounts,
    ...{ requests, connections, handshakesFull: handshakes - resumed, handshakesResumed: resumed },
    contexts: context === 'per-connection' ? handshakes : 0,
    lookups: dns.kind === 'per-connection' ? connections : 0,
    bytesIn: requests * (target.kind === 'builtin' ? target.bodyBytes : 0),
  };
}

/** What the bundle of a cell holds. */
const certificatesIn = ({ arms }: Cell, trusted: number): number => {
  const { ca } = arms.baseline.connection;
  return ca.kind === 'bundle' ? trusted : ca.kind === 'part' ? ca.certificates + 1 : 1;
};

export const trustedOf = (plan: Plan, trusted: number) =>
  Object.fromEntries(
    plan.cells.map((cell) => {
      const n = certificatesIn(cell, trusted);
      return [cell.id, { baseline: n, candidate: n }];
    }),
  );

/** CPU of one request in µs, without scatter. */
export function cpuIn(cell: Cell, role: Role, prices: Prices, trusted: number): number {
  const counts = countsIn(cell, role);
  const { tls } = cell.arms[role].connection;
  const version = tls === 'none' ? null : tls;
  const of = (kind: Unit['kind'], number: number, isTls = false): number =>
    isTls && version === null ? 0 : number * priceOf(prices, { kind, tls: isTls ? version : null });
  const kilobytes = counts.bytesIn / 1000;
  const all =
    of('request', requests) +
    of('tlsRequest', requests, true) +
    of('kilobyte', kilobytes) +
    of('tlsKilobyte', kilobytes, true) +
    of('connection', counts.connections) +
    of('handshakeFull', counts.handshakesFull, true) +
    of('handshakeResumed', counts.handshakesResumed, true) +
    of('context', counts.contexts) +
    of('certificate', counts.contexts * certificatesIn(cell, trusted)) +
    of('lookup', counts.lookups);
  return all / requests;
}

function arm(cell: Cell, role: Role, cpuPerRequest: number): ArmTotals {
  const cpuUs = cpuPerRequest * requests;
  const counts = countsIn(cell, role);
  return {
    workers: [
      { worker: 0, requests, wallUs: cpuUs, cpuUs, undisturbed: { requests, wallUs: cpuUs } },
    ],
    ...{ requests, errors: 0, intendedRate: null, client: counts, target: counts, resolver: null },
    ...{ clientCpuUs: cpuUs, targetCpuUs: cpuUs / 3, rssBytes: null, latency: null },
  };
}

const comparison = (change: number, verdict: Verdict): Comparison => ({
  ...{ metric: 'cpuPerRequest', unit: 'µs', better: 'lower', gating: true },
  ...{ baseline: 1, candidate: 1 + change, margin: 0.02, detectable: 0.01, perLaunch: [] },
  change: { estimate: change, low: change - 0.01, high: change + 0.01, level: 0.95 },
  ...{ p: 0.01, adjustedP: 0.01, signFlipP: 0.01, equivalenceP: 0.5, verdict },
});

const verdictOf = (change: number): Verdict =>
  change > 0.02 ? 'regression' : change < -0.02 ? 'improvement' : 'unchanged';

export const comparedCells = (plan: Plan, world: World): ComparedCell[] =>
  plan.cells.map((cell) => {
    const cpu = (role: Role) => cpuIn(cell, role, world.prices[role], world.trusted);
    const launches = Array.from({ length: world.launches }, () => {
      const both = (world.shared ?? 0) * normal(world.random);
      const [baseline, candidate] = roles.map((role) =>
        arm(cell, role, cpu(role) * Math.exp(both + world.sd * normal(world.random))),
      );
      if (baseline === undefined || candidate === undefined) throw new Error('two arms');
      return { baseline, candidate };
    });
    const change = cpu('candidate') / cpu('baseline') - 1;
    return {
      ...{ cell, primary: 'cpuPerRequest', invalid: null },
      bottleneck: { baseline: 'client', candidate: 'client' },
      metrics: [comparison(change, verdictOf(change))],
      launches: { kind: 'paired', launches },
    };
  });

/** The same launches as those of two runs, in each of which both arms are one variant. */
export const measuredApart = (cells: readonly ComparedCell[]): ComparedCell[] =>
  cells.map((cell) => {
    if (cell.launches.kind === 'unpaired') return cell;
    const { launches } = cell.launches;
    const run = (role: Role) =>
      launches.map((arms) => ({ baseline: arms[role], candidate: arms[role] }));
    const runs = { baseline: run('baseline'), candidate: run('candidate') };
    return { ...cell, launches: { kind: 'unpaired', runs } };
  });
