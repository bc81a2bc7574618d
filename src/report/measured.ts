import type { CellReport, Comparison, Report } from '../model/report.ts';

/** A metric of a cell that has a value of the candidate's. */
export interface Measured {
  readonly cell: CellReport;
  readonly comparison: Comparison;
  readonly candidate: number;
}

/**
 * What may enter a history of values. An invalid cell has none: its arms did not do the same work, or could not be
 * measured.
 */
export const measuredIn = (report: Report): readonly Measured[] =>
  report.cells
    .filter(({ verdict }) => verdict !== 'invalid')
    .flatMap((cell) =>
      cell.metrics.flatMap((comparison) => {
        const { candidate } = comparison;
        return candidate === null || !Number.isFinite(candidate)
          ? []
          : [{ cell, comparison, candidate }];
      }),
    );
