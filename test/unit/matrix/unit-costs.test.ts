import { expect, test } from 'vitest';
import type { Plan } from '../../../src/model/plan.ts';
import type { Settings } from '../../../src/model/settings.ts';
import { ids, plan, shipped } from '../../fixtures/matrix/planned.ts';

/** About as many as Node's own bundle has. */
const bundle = 144;

const connectionsOf = ({ reuse }: Settings['connection']): number => {
  if (reuse.kind === 'keep-alive') return 0;
  return reuse.kind === 'close' ? 1 : 1 / reuse.requests;
};

/** What a request sets off, by the mode's promise: counts, and what they are of. */
function eventsOf({ target, connection }: Settings): Readonly<Record<string, number>> {
  const { tls, session, context, ca, dns } = connection;
  const bytes = target.kind === 'builtin' ? target.bodyBytes : 0;
  const connections = connectionsOf(connection);
  const contexts = context === 'per-connection' ? connections : 0;
  const trusted = { none: 0, bundle, part: 0, file: 0 }[ca.kind];
  const loaded = 1 + (ca.kind === 'part' ? ca.certificates : trusted);
  const handshakes = session === 'resumed' ? 'resumed' : 'full';
  return {
    request: 1,
    byte: bytes,
    connection: connections,
    ...(tls === 'none'
      ? {}
      : {
          [`request over TLS ${tls}`]: 1,
          [`byte over TLS ${tls}`]: bytes,
          [`${handshakes} handshake of TLS ${tls}`]: connections,
        }),
    context: contexts,
    certificate: contexts * loaded,
    'look-up': dns.kind === 'per-connection' ? connections : 0,
  };
}

/** The events that happen, and how many of their prices the cells tell apart. */
function separated({ cells }: Pick<Plan, 'cells'>) {
  const events = cells.map(({ arms }) => eventsOf(arms.baseline));
  const units = [...new Set(events.flatMap(Object.keys))].filter((unit) =>
    events.some((of) => (of[unit] ?? 0) > 0),
  );
  const most = (unit: string): number => Math.max(...events.map((of) => of[unit] ?? 0));
  const rows = events.map((of) => units.map((unit) => (of[unit] ?? 0) / most(unit)));
  return { units, rank: rankOf(rows) };
}

/** By elimination with the largest pivot. */
function rankOf(matrix: readonly (readonly number[])[]): number {
  let rows = matrix.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (matrix[0]?.length ?? 0); column += 1) {
    const at = (row: readonly number[]): number => row[column] ?? 0;
    const [pivot, ...others] = [...rows].sort((a, b) => Math.abs(at(b)) - Math.abs(at(a)));
    if (pivot === undefined || Math.abs(at(pivot)) < 1e-6) continue;
    rank += 1;
    rows = others.map((row) => row.map((x, i) => x - ((pivot[i] ?? 0) * at(row)) / at(pivot)));
  }
  return rank;
}

const costs = plan(shipped('unit-costs.yaml'), { candidate: 'v2,v3' }, 'unit-costs.yaml');

test('unit-costs tells every price from every other', () => {
  const { units, rank } = separated(costs);
  expect(units.sort()).toEqual([
    'byte',
    'byte over TLS 1.2',
    'byte over TLS 1.3',
    'certificate',
    'connection',
    'context',
    'full handshake of TLS 1.2',
    'full handshake of TLS 1.3',
    'look-up',
    'request',
    'request over TLS 1.2',
    'request over TLS 1.3',
    'resumed handshake of TLS 1.2',
    'resumed handshake of TLS 1.3',
  ]);
  expect(rank).toBe(units.length);
});

test('it has some cells more than prices, for each candidate, and every cell differs from the others', () => {
  const own = costs.cells.filter(({ candidate }) => candidate === 'v3');
  expect(own).toHaveLength(19);
  expect(ids(costs)).toHaveLength(2 * own.length);
  const events = own.map(({ arms }) => JSON.stringify(eventsOf(arms.baseline)));
  expect(new Set(events).size).toBe(own.length);
});

test('the incident cannot: its one mode with contexts loads the whole bundle', () => {
  const { units, rank } = separated(plan(shipped('incident.yaml')));
  expect(units).toEqual(expect.arrayContaining(['context', 'certificate']));
  expect(rank).toBeLessThan(units.length);
});
