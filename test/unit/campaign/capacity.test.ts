import { expect, it } from 'vitest';
import { cellsWithUsers } from '../../../src/campaign/capacity.ts';
import { Replay } from '../../../src/campaign/replay.ts';
import type { CapacityRow, JournalRow } from '../../../src/model/journal.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

const paced = plan(
  `scenario: { load: { model: constant-throughput, users: 75%, perUser: 4 } }
axes:
  version: { v1: {}, v2: { client: { runtime: node@20 } }, v3: { client: { runtime: node@22 } } }
  tls: { none: {}, '1.3': { connection: { tls: '1.3' } } }`,
  { candidate: 'v2,v3' },
);
const rowOf = (cell: string, users: number): CapacityRow => ({
  ...{ kind: 'capacity', cell, requestsPerSecond: 5.5 * users, users },
});
const told = [rowOf('version=v2,tls=none', 20), rowOf('version=v2,tls=1.3', 7)];

/** What would be written, and the users of each cell. No arm can be started. */
async function known(stored: readonly JournalRow[]) {
  const written: JournalRow[] = [];
  const world = { write: (row: JournalRow) => void written.push(row) };
  const cells = await cellsWithUsers(paced, new Replay(stored), world as never);
  const users = cells.map(({ id, arms }) => {
    const { load } = arms.candidate.scenario;
    return [id, load.model === 'constant-throughput' ? load.users : null];
  });
  return { written, users };
}

it('what the baseline carries is measured once for all candidates of a combination', async () => {
  const { written, users } = await known(told);
  expect(written).toEqual([rowOf('version=v3,tls=none', 20), rowOf('version=v3,tls=1.3', 7)]);
  expect(users).toEqual([
    ['version=v2,tls=none', { kind: 'fixed', users: 20 }],
    ['version=v2,tls=1.3', { kind: 'fixed', users: 7 }],
    ['version=v3,tls=none', { kind: 'fixed', users: 20 }],
    ['version=v3,tls=1.3', { kind: 'fixed', users: 7 }],
  ]);
  expect(await known([...told, ...written])).toEqual({ written: [], users });
});
