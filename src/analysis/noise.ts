import type { HeaderRow, JournalRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import type { Interval } from '../model/report.ts';
import { relativeChange } from '../model/units.ts';
import { detectableShift } from '../stats/detectable.ts';
import { meanInterval } from '../stats/interval.ts';
import { findingsOf } from './cell.ts';
import { msPerLaunch } from './foresight.ts';

/** How noisy a metric is in the first cell of a run that compared a thing with itself. */
export interface Noise {
  readonly metric: MetricName;
  /** Of a launch's log ratio. */
  readonly sd: number;
  /** Relative, at 95 %: in such a run it should hold 0. */
  readonly change: Interval;
  /** By minutes of measuring: the change that would be seen with 80 % power at 5 %, uncorrected. */
  readonly detectable: readonly { readonly minutes: number; readonly size: number }[];
}

const told: readonly MetricName[] = ['cpuPerRequest', 'targetCpuPerRequest', 'rps'];
const alpha = 0.05;

export function noiseOf(
  header: HeaderRow,
  rows: readonly JournalRow[],
  minutes: readonly number[],
): Noise[] {
  const ms = msPerLaunch(rows);
  const { observed } = findingsOf(header.plan.cells[0], header.plan, rows);
  return observed.flatMap(({ metric, ratios }) => {
    if (ms === null || ratios.length < 2 || !told.includes(metric)) return [];
    const { mean, low, high, sd } = meanInterval(ratios, 1 - alpha);
    const launches = (of: number): number => Math.max(2, Math.floor((of * 60_000) / ms));
    return [
      {
        ...{ metric, sd },
        change: {
          ...{
            estimate: relativeChange(mean),
            low: relativeChange(low),
            high: relativeChange(high),
          },
          level: 1 - alpha,
        },
        detectable: minutes.map((of) => ({
          minutes: of,
          size: relativeChange(detectableShift({ sd, n: launches(of), alpha })),
        })),
      },
    ];
  });
}
