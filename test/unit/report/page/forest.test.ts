import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/model/report.ts';
import { forest, plotted } from '../../../../src/report/page/forest.ts';
import { manyReport } from '../../../support/many.ts';
import { incidentReport, invalidReport, sameReport } from '../../../support/report.ts';

const rowsOf = (report: Report) => {
  const view = forest(report);
  return [...(view?.first ?? []), ...(view?.others ?? [])].flatMap(({ name, rows }) =>
    rows.map((row) => ({ cell: String(name), ...row, plot: String(row.plot) })),
  );
};
const howMany = (text: string, part: string) => text.split(part).length - 1;

describe('forest', () => {
  it('has one row per cell and gating metric, with a dot for each launch', () => {
    const rows = rowsOf(incidentReport());
    expect(rows).toHaveLength(10);
    for (const { plot } of rows) {
      expect(howMany(plot, 'class="line"')).toBe(1);
      expect(howMany(plot, 'class="band"')).toBe(1);
      expect(howMany(/class="dots" d="([^"]*)"/.exec(plot)?.[1] ?? '', 'h0')).toBe(8);
    }
  });

  it('begins with the worst cell', () => {
    const cells = rowsOf(incidentReport()).map(({ cell }) => cell.replaceAll(/<[^>]*>/g, ''));
    expect([...new Set(cells)]).toEqual([
      'tls=1.3,reuse=close-new-context',
      'tls=1.3,reuse=close',
      'tls=1.3,reuse=keep-alive',
      'tls=none,reuse=keep-alive',
      'tls=none,reuse=close',
    ]);
  });

  it('puts worse on one side, whatever the direction of the metric', () => {
    const cell = incidentReport().cells[4];
    const [cpu, rps] = cell?.metrics ?? [];
    if (!(cell && cpu && rps)) throw new Error('the incident has five cells');
    expect(plotted(cell, cpu).spread?.estimate).toBeCloseTo(2.12);
    const worse = plotted(cell, rps).spread;
    expect(worse?.estimate).toBeCloseTo(0.679);
    expect(worse?.low).toBeLessThan(worse?.high ?? 0);
  });

  it('draws no interval for an invalid cell and leaves out a cell without metrics', () => {
    const rows = rowsOf(invalidReport());
    const invalid = rows.filter(({ verdict }) => verdict === 'invalid');
    expect(invalid).toHaveLength(2);
    for (const { plot, estimate } of invalid) {
      expect(plot).not.toContain('class="point');
      expect(estimate).toBe('–');
    }
    expect(rows.map(({ cell }) => cell).join()).not.toContain('close-new-context');
  });

  it('is null where no metric gates', () => {
    expect(forest({ ...incidentReport(), cells: [] })).toBeNull();
  });

  it('stays on the drawing when an interval is unbounded, and points beyond it', () => {
    const report = incidentReport();
    const cells = report.cells.map((cell) => ({
      ...cell,
      metrics: cell.metrics.map((m) =>
        m.change === null ? m : { ...m, change: { ...m.change, high: Number.POSITIVE_INFINITY } },
      ),
    }));
    const plots = rowsOf({ ...report, cells }).map(({ plot }) => plot);
    expect(plots.join()).not.toMatch(/NaN|Infinity/);
    expect(plots[0]).toMatch(/class="ends" d="[^"]*l9 4l-9 4"/);
  });

  it('says how to read its axis', () => {
    expect(forest(incidentReport())?.words).toContain('logarithm');
    expect(forest(sameReport())?.words).toContain('linear');
  });

  it('shows twelve cells of many at once', () => {
    const view = forest(manyReport());
    expect(view?.first).toHaveLength(12);
    expect(view?.otherCount).toBe(188);
    expect(view?.first.slice(0, 10).every(({ verdict }) => verdict === 'regression')).toBe(true);
  });
});
