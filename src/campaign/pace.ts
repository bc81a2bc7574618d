import type { LookRow } from '../model/journal.ts';
import type { Cell, Measure } from '../model/plan.ts';

/** How long the launches of each cell are, and what they cost beside their slices. */
export class Pace {
  private readonly planned: Measure;
  private readonly sliceTimeMs = new Map<string, number>();
  private readonly besideMs = new Map<string, number>();

  constructor(planned: Measure) {
    this.planned = planned;
  }

  measureOf({ id }: Cell): Measure {
    const sliceTimeMs = this.sliceTimeMs.get(id) ?? this.planned.sliceTimeMs;
    return { ...this.planned, sliceTimeMs };
  }

  /** @param ms wall time of the launch. */
  ran(cell: Cell, ms: number): void {
    this.besideMs.set(cell.id, ms - this.measureOf(cell).sliceTimeMs);
  }

  follow({ next }: LookRow): void {
    for (const { cell, sliceTimeMs } of next) this.sliceTimeMs.set(cell, sliceTimeMs);
  }

  /** What one more launch of each of these cells would take, by its last one. */
  roundMs(cells: readonly Cell[]): number {
    return cells.reduce(
      (sum, cell) => sum + this.measureOf(cell).sliceTimeMs + (this.besideMs.get(cell.id) ?? 0),
      0,
    );
  }
}
