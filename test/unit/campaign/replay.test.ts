import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CampaignWorld, runCampaign } from '../../../src/campaign/run.ts';
import { BenchFailure } from '../../../src/model/failure.ts';
import type { JournalRow } from '../../../src/model/journal.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { ChildFailure } from '../../../src/process/child.ts';
import { readJournal } from '../../../src/store/journal.ts';
import { journalWith, storedJournal } from '../../support/stored.ts';

const stored = readJournal(journalWith(storedJournal(5)));
const { plan } = stored.header;
const [header, ...measured] = stored.rows;
const launchRows = measured.filter((row) => row.kind === 'launch');

const limits = { ports: null, timeWaitReuse: null, backlog: null, tracked: null };

interface Begun {
  readonly launch: number;
  readonly cell: string;
}

/** Continues a journal, up to the first launch that would be measured. */
async function continued(rows: readonly JournalRow[], arm: () => Error, of: Plan = plan) {
  const written: JournalRow[] = [];
  const begun: Begun[] = [];
  const world: CampaignWorld = {
    write: (row) => void written.push(row),
    now: () => 0,
    network: () => ({ limits, since: () => null, sinceOpened: () => null, close: () => {} }),
    signals: () => ({ since: () => null, close: () => {} }),
    armOf: () => {
      throw arm();
    },
    aborted: () => {},
    progress: (next) => void (next === null || begun.push(next)),
    profileProgress: () => {},
    profiles: {
      ...{ wish: 'never', folder: '', fileOf: () => '', absolute: (file) => file },
      ...{ read: () => '', rootsOf: () => ({ bench: '', own: [] }) },
    },
  };
  await runCampaign(of, rows, world).catch((error: unknown) => {
    if (!(error instanceof BenchFailure) || error.kind !== 'interrupted') throw error;
  });
  return { written, begun };
}
const stop = (): Error => new BenchFailure('interrupted', 'far enough');

describe('a campaign that is continued', () => {
  it('goes on with the launch that would have come, wherever its journal was cut', async () => {
    for (let kept = 0; kept < measured.length; kept += 1) {
      const rows = measured.slice(0, kept);
      const done = rows.filter((row) => row.kind === 'finish').length;
      const opened = rows.filter((row) => row.kind === 'launch').length;
      const next = launchRows[done];
      const { written, begun } = await continued([header, ...rows] as JournalRow[], stop);
      // One that was cut off has used its number.
      const expected = next === undefined ? [] : [{ launch: opened + 1, cell: next.cell }];
      expect(begun, `${kept} rows`).toEqual(expected);
      const looks = rows.filter((row) => row.kind === 'look').length;
      expect(written.map(({ kind }) => kind)).toEqual(done === 6 && looks === 0 ? ['look'] : []);
    }
  });

  it('takes the look that was cut off as it was taken', async () => {
    const at = measured.findIndex((row) => row.kind === 'look');
    const { written } = await continued(measured.slice(0, at), stop);
    expect(written).toEqual([measured[at]]);
  });

  it('repeats no launch that failed, and gives up after as many as ever', async () => {
    const dies = (): Error => new ChildFailure('died', 'its last words');
    const whole = (await continued([], dies)).written;
    expect(whole.map(({ kind }) => kind)).toEqual([
      ...['void', 'void', 'void', 'give-up', 'void', 'void', 'void', 'give-up'],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (kept) => {
        const rows = whole.slice(0, kept);
        expect([...rows, ...(await continued(rows, dies)).written]).toEqual(whole);
      }),
    );
  });

  describe('whose targets do not count', () => {
    const target = {
      kind: 'url',
      url: 'http://127.0.0.1:1',
      servername: null,
      verify: true,
    } as const;
    const [cell] = plan.cells;
    const { baseline, candidate } = cell.arms;
    const arms = { baseline: { ...baseline, target }, candidate: { ...candidate, target } };
    const of: Plan = { ...plan, cells: [{ ...cell, arms }] };
    const counted = { kind: 'contract', cell: cell.id } as unknown as JournalRow;
    const dies = (): Error => new ChildFailure('died', '');

    it('proves the contract before its first launch, and gives up where that keeps failing', async () => {
      const { written, begun } = await continued([], dies, of);
      const { kind, launch } = { kind: 'void', launch: 0 };
      expect(written).toMatchObject([
        ...[0, 1, 2].map((attempt) => ({ kind, launch, attempt })),
        { kind: 'give-up', reason: '3 launches in a row failed; the last: died' },
      ]);
      expect(begun).toEqual([]);
      for (let kept = 0; kept <= written.length; kept += 1) {
        const rows = written.slice(0, kept);
        expect([...rows, ...(await continued(rows, dies, of)).written]).toEqual(written);
      }
    });

    it('proves it once, and counts its failures for no launch that is measured', async () => {
      const { written } = await continued([], dies, of);
      const rows = [...written.slice(0, 2), counted];
      expect((await continued(rows, stop, of)).begun).toEqual([{ launch: 1, cell: cell.id }]);
      const after = (await continued(rows, dies, of)).written;
      expect(after).toMatchObject([
        ...[1, 2, 3].map((launch) => ({ kind: 'void', launch, attempt: launch - 1 })),
        { kind: 'give-up' },
      ]);
    });
  });

  it('lets its clock go on from the last time that the journal tells', async () => {
    const { written } = await continued(
      [...measured, { kind: 'resume', at: '', elapsedMs: 90_000 }],
      stop,
    );
    expect(written).toEqual([]);
    const budget = { ...plan, measure: { ...plan.measure, budgetMs: 60_000 } };
    const begun: Begun[] = [];
    const progress = (next: Begun | null): void => void (next === null || begun.push(next));
    const profiles = { wish: 'never' };
    const world = { now: () => 0, progress, profiles, write: () => {} } as unknown as CampaignWorld;
    const looked = measured.slice(0, measured.findIndex((row) => row.kind === 'look') + 1);
    await runCampaign(budget, [...looked, { kind: 'resume', at: '', elapsedMs: 90_000 }], world);
    expect(begun).toEqual([]);
  });
});
