import type { CapacityRow, JournalRow, LaunchRow, LookRow } from '../model/journal.ts';
import type { Cell } from '../model/plan.ts';

/** The number of every contract launch: it comes before the first that is measured. */
export const contractLaunch = 0;

/** A launch that failed. */
export interface Failure {
  readonly reason: string;
  readonly stderrTail: string;
}

/** What became of the launch of a cell in a round. */
export type Outcome =
  | {
      readonly kind: 'finished';
      /** Those that were repeated. */
      readonly failed: readonly Failure[];
      /** Wall time of the one that counts. */
      readonly ms: number;
    }
  | { readonly kind: 'given-up' };

/** `open`: it is still to be measured. */
type Told = Outcome | { readonly kind: 'open'; readonly failed: readonly Failure[] };

/**
 * What the journal of a run tells already, in the order in which the campaign asks for it: a run that is continued takes
 * all of that from here, and measures what is left. Launches that were cut off tell nothing.
 */
export class Replay {
  /** Of the run so far. */
  readonly elapsedMs: number;
  /** The highest number that a launch had, cut off or not; 0 before the first. */
  readonly lastLaunch: number;
  private readonly rows: readonly JournalRow[];
  private readonly opened: ReadonlyMap<number, LaunchRow>;
  private readonly outcomes = new Map<string, Told[]>();
  private readonly lastRound: number;

  constructor(rows: readonly JournalRow[]) {
    this.rows = rows;
    this.elapsedMs = elapsedMsOf(rows);
    this.lastLaunch = highest(rows, 0, (row) => ('launch' in row ? row.launch : 0));
    const launches = rows.filter((row) => row.kind === 'launch');
    this.opened = new Map(launches.map((row) => [row.launch, row]));
    this.lastRound = highest(launches, -1, ({ round }) => round);
    for (const cell of new Set(rows.map((row) => ('cell' in row ? row.cell : ''))))
      this.outcomes.set(cell, this.outcomesOf(cell));
  }

  /** Null where it was not measured, or need not be. */
  capacity(cell: Cell): CapacityRow | null {
    const row = this.rows.find((of) => of.kind === 'capacity' && of.cell === cell.id);
    return row?.kind === 'capacity' ? row : null;
  }

  /** Whether the cell was given up at some time. */
  isGivenUp(cell: Cell): boolean {
    return this.rows.some((row) => row.kind === 'give-up' && row.cell === cell.id);
  }

  hasContract(cell: Cell): boolean {
    return this.rows.some((row) => row.kind === 'contract' && row.cell === cell.id);
  }

  /** Contract launches of this cell that have failed already. */
  failedContracts(cell: Cell): readonly Failure[] {
    return this.rows
      .filter((row) => row.kind === 'void')
      .filter((row) => row.cell === cell.id && row.launch === contractLaunch);
  }

  /** Whether a launch of this round was begun, so that the budget had room for it. */
  hasBegun(round: number): boolean {
    return round <= this.lastRound;
  }

  /** Of the next round of this cell. */
  next(cell: Cell): Told {
    return this.outcomes.get(cell.id)?.shift() ?? { kind: 'open', failed: [] };
  }

  /** The look after so many launches; null where it is still to be taken. */
  look(launches: number): LookRow | null {
    const row = this.rows.find((of) => of.kind === 'look' && of.launches === launches);
    return row?.kind === 'look' ? row : null;
  }

  /** A void launch does not say its round: it is that of the next launch of its cell that counts. */
  private outcomesOf(cell: string): Told[] {
    const told: Told[] = [];
    let failed: Failure[] = [];
    for (const row of this.rows) {
      if (!('cell' in row) || row.cell !== cell) continue;
      if (row.kind === 'void' && row.launch !== contractLaunch) failed.push(row);
      if (row.kind === 'give-up') told.push({ kind: 'given-up' });
      const opened = row.kind === 'finish' ? this.opened.get(row.launch) : undefined;
      if (row.kind !== 'finish' || opened === undefined) continue;
      told.push({ kind: 'finished', failed, ms: row.endedMs - opened.startedMs });
      failed = [];
    }
    const isOver = told.at(-1)?.kind === 'given-up';
    return failed.length > 0 && !isOver ? [...told, { kind: 'open', failed }] : told;
  }
}

/** How long a run was measured so far, by the last time that it tells. */
export const elapsedMsOf = (rows: readonly JournalRow[]): number =>
  highest(rows, 0, (row) => {
    if (row.kind === 'launch') return row.startedMs;
    if (row.kind === 'finish') return row.endedMs;
    return row.kind === 'resume' ? row.elapsedMs : 0;
  });

/** A journal has too many rows to be the arguments of a call. */
const highest = <T>(rows: readonly T[], least: number, of: (row: T) => number): number =>
  rows.reduce((most, row) => Math.max(most, of(row)), least);
