import { describe, expect, it } from 'vitest';
import { workerPairs } from '../../../../src/report/worker-pairs.ts';
import { workersView } from '../../../../src/report/page/workers.ts';
import { incidentReport, worker, workersReport } from '../../../support/report.ts';

const cellOf = (report: ReturnType<typeof incidentReport>) => {
  const [first] = report.cells;
  if (first === undefined) throw new Error('the report has cells');
  return first;
};

describe('workers', () => {
  it('pairs workers by number, and keeps one that has no partner', () => {
    const cell = {
      ...cellOf(incidentReport()),
      workers: {
        baseline: [worker(1, 10, 0.5), worker(0, 11, 0.5)],
        candidate: [worker(2, 9, 0.5)],
      },
    };
    const shown = workerPairs(cell).map((p) => [p.worker, p.baseline?.rps, p.candidate?.rps]);
    expect(shown).toEqual([
      [0, 11, undefined],
      [1, 10, undefined],
      [2, undefined, 9],
    ]);
  });

  it('has requests per second and CPU of both arms, as numbers and as bars', () => {
    const view = workersView(cellOf(workersReport()));
    expect(view?.rows).toHaveLength(10);
    for (const row of view?.rows ?? []) {
      expect(String(row.rpsBar)).toContain(`class="of-${row.role}"`);
      expect(String(row.cpuBar)).toContain('class="whisker"');
    }
    expect(view?.imbalance).toContain('fastest and slowest apart by 6 %');
  });

  it('shows nothing without workers, and no NaN for idle ones', () => {
    const cell = cellOf(incidentReport());
    expect(workersView({ ...cell, workers: { baseline: [], candidate: [] } })).toBeNull();
    const idle = { ...worker(0, 1, 0), rps: 0, rpsRange: [0, 0] as const };
    const view = workersView({ ...cell, workers: { baseline: [idle], candidate: [] } });
    expect(String(view?.rows[0]?.rpsBar)).not.toContain('NaN');
  });
});
