import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { axisWords, forest, narrowForest, wideForest } from '../../../src/report/forest.ts';
import { forestGroups } from '../../../src/report/forest-rows.ts';
import { hostileReport, incidentReport, invalidReport, sameReport } from '../../support/report.ts';

const drawn = (report: Report, layout = wideForest) => String(forest(report, layout));
const howMany = (svg: string, part: string) => svg.split(part).length - 1;

describe('forest', () => {
  it('has one row per cell and gating metric, with a dot for each launch', () => {
    for (const layout of [wideForest, narrowForest]) {
      const svg = drawn(incidentReport(), layout);
      expect(howMany(svg, 'class="row ')).toBe(10);
      expect(howMany(svg, 'class="interval"')).toBe(10);
      expect(howMany(svg, 'class="launch"')).toBe(80);
      expect(howMany(svg, 'class="band"')).toBe(10);
    }
  });

  it('puts worse on one side, whatever the direction of the metric', () => {
    const [row] = forestGroups(incidentReport()).slice(-1);
    const [cpu, rps] = row?.rows ?? [];
    expect(cpu?.worse?.estimate).toBeCloseTo(2.12);
    expect(rps?.words.estimate).toBe('−67.9 %');
    expect(rps?.worse?.estimate).toBeCloseTo(0.679);
    expect(rps?.worse?.low).toBeLessThan(rps?.worse?.high ?? 0);
  });

  it('draws nothing for an invalid cell and leaves out a cell without metrics', () => {
    const svg = drawn(invalidReport());
    expect(howMany(svg, 'not compared')).toBe(2);
    expect(howMany(svg, 'class="interval"')).toBe(6);
    expect(svg).not.toContain('close-new-context');
  });

  it('is null where no metric gates', () => {
    expect(forest({ ...incidentReport(), cells: [] }, wideForest)).toBeNull();
  });

  it('stays on the drawing when an interval is unbounded, and points beyond it', () => {
    const report = incidentReport();
    const cells = report.cells.map((cell) => ({
      ...cell,
      metrics: cell.metrics.map((m) =>
        m.change === null ? m : { ...m, change: { ...m.change, high: Number.POSITIVE_INFINITY } },
      ),
    }));
    const svg = drawn({ ...report, cells });
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toMatch(/class="end" d="M[\d.]+ [\d.]+l5 4l-5 4"/);
  });

  it('describes itself, and says how to read its axis', () => {
    const svg = drawn(incidentReport());
    expect(svg).toContain('role="img"');
    expect(svg).toContain('tls=1.3,reuse=close, client CPU per request: +52.1 % regression');
    expect(axisWords(incidentReport())).toContain('logarithm');
    expect(axisWords(sameReport())).toContain('linear');
  });

  it('escapes names', () => {
    expect(drawn(hostileReport())).not.toMatch(/<script|<img|<\/style|\u202e/);
  });
});
