import { describe, expect, it } from 'vitest';
import { workerPairs } from '../../../src/report/worker-pairs.ts';
import { workerCharts } from '../../../src/report/workers.ts';
import { incidentReport, worker, workersReport } from '../../support/report.ts';

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

  it('draws requests per second and CPU of both arms', () => {
    const charts = workerCharts(cellOf(workersReport()), 'cell-1').map(String);
    expect(charts).toHaveLength(2);
    for (const chart of charts) {
      expect(chart.split('class="arm-baseline"')).toHaveLength(6);
      expect(chart.split('class="arm-candidate"')).toHaveLength(6);
      expect(chart.split('class="whisker"')).toHaveLength(11);
    }
  });

  it('draws nothing without workers, and no NaN for idle ones', () => {
    const cell = cellOf(incidentReport());
    expect(workerCharts({ ...cell, workers: { baseline: [], candidate: [] } }, 'a')).toEqual([]);
    const idle = {
      ...worker(0, 1, 0),
      rps: 0,
      rpsRange: [0, 0] as const,
    };
    const charts = workerCharts({ ...cell, workers: { baseline: [idle], candidate: [] } }, 'a');
    expect(charts.join('')).not.toContain('NaN');
  });
});
