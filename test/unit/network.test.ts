import { describe, expect, it } from 'vitest';
import type { ArmTotals } from '../../src/analysis/arm-totals.ts';
import { connectionsOfOthers } from '../../src/analysis/connections-of-others.ts';
import { launchesOf, type MeasuredLaunch } from '../../src/analysis/launches.ts';
import { networkOf } from '../../src/analysis/network.ts';
import { noCounts } from '../../src/model/counts.ts';
import type { JournalRow, NetworkRow } from '../../src/model/journal.ts';
import { eachFigure } from '../../src/model/network.ts';
import { type Role, roles } from '../../src/model/plan.ts';
import { plan } from '../fixtures/matrix/planned.ts';

/** A second for each number of connections. */
function row(launch: number, role: Role, opened: readonly number[]): NetworkRow {
  const zeros = () => opened.map(() => 0);
  return {
    ...{ kind: 'network', launch, cell: 'all', role },
    seconds: {
      ...eachFigure(zeros, zeros),
      ...{ ms: opened.map(() => 1_000), opened, timeWait: opened.map((n) => 2 * n) },
    },
    limits: { ports: 28_232, timeWaitReuse: true, backlog: 4_096, tracked: null },
    descriptors: { client: null, target: null },
  };
}
const launchRows = (launch: number, opened: readonly number[]): JournalRow[] =>
  [
    { kind: 'launch', launch, cell: 'all' },
    ...roles.map((role) => row(launch, role, opened)),
    { kind: 'finish', launch, cell: 'all' },
  ] as unknown as JournalRow[];

describe('the network of an arm', () => {
  it('is its seconds, launch after launch, with totals and the most there was', () => {
    const launches = launchesOf('all', [...launchRows(3, [5, 7]), ...launchRows(8, [6])]);
    expect(networkOf(launches, 'candidate')).toMatchObject({
      launch: [3, 3, 8],
      seconds: { ms: [1_000, 1_000, 1_000], opened: [5, 7, 6], timeWait: [10, 14, 12] },
      totals: { ms: 3_000, opened: 18, timeWait: 14, retransmitted: 0 },
    });
  });

  it('is unknown where no launch has any, as in journals of before', () => {
    const rows = launchRows(1, [5]).filter(({ kind }) => kind !== 'network');
    const launches = launchesOf('all', rows);
    expect(launches).toHaveLength(1);
    expect(networkOf(launches, 'baseline')).toBeNull();
  });
});

describe('connections of others', () => {
  const builtin = plan('axes: { version: { v1: {}, v2: {} } }').cells[0];
  const started = plan(
    "axes: { version: { v1: {}, v2: {} } }\ntarget: { start: 'node server.mjs' }",
  ).cells[0];
  const launches: MeasuredLaunch[] = launchesOf('all', launchRows(1, [300, 300]));
  const arm = (connections: number, errors = 0): ArmTotals =>
    ({ client: { ...noCounts, connections }, errors }) as unknown as ArmTotals;
  const warned = (connections: number, errors = 0, cell = builtin) => {
    const own = arm(connections, errors);
    return connectionsOfOthers(cell, launches, [{ baseline: own, candidate: own }]);
  };

  it('are those that the kernel counted and no client did', () => {
    expect(warned(400)).toMatchObject({
      code: 'connections-of-others',
      message:
        'the kernel counted 1200 new connections where our clients opened 800: other programs here open 100 a second',
    });
  });

  it('are not requests of ours that failed to connect', () => {
    expect(warned(400, 200)).toBeNull();
  });

  it('do not matter where they are few', () => {
    expect(warned(510)).toBeNull();
    expect(warned(600)).toBeNull();
  });

  it('may be those of a server of the user’s, and are not asked for', () => {
    expect(warned(400, 0, started)).toBeNull();
  });

  it('are unknown where nothing was counted', () => {
    const own = arm(0);
    expect(connectionsOfOthers(builtin, [], [])).toBeNull();
    const dark = launches.map((of) => ({ ...of, network: { baseline: null, candidate: null } }));
    expect(connectionsOfOthers(builtin, dark, [{ baseline: own, candidate: own }])).toBeNull();
  });
});
