import type { Interval, Report } from '../model/report.ts';
import { cutName } from './cut.ts';
import { jsonText } from './json.ts';
import { measuredIn } from './measured.ts';
import { visible } from './visible.ts';

/** Longest name of a benchmark (bencher.dev/docs/reference/bencher-metric-format). */
const mostName = 1024;

interface Metric {
  readonly value: number;
  readonly lower_value?: number;
  readonly upper_value?: number;
}

/**
 * Bencher Metric Format, by the schema bencher.dev/bmf.json: a benchmark for each cell, a measure for each metric.
 * `rps` is the candidate's value in the metric's unit, which has no interval of its own: what is known is how the arms
 * relate. `rps-change` is that, as a fraction with its interval, and the one to set thresholds on: runners differ from
 * run to run, and both arms ran on the same one.
 */
export function renderBmf(report: Report): string {
  const benchmarks: Record<string, Record<string, Metric>> = Object.create(null);
  for (const { cell, comparison, candidate } of measuredIn(report)) {
    const name = cutName(visible(`${report.matrix.name} ${cell.id}`), mostName);
    const measures = benchmarks[name] ?? {};
    benchmarks[name] = measures;
    measures[comparison.metric] = { value: candidate };
    if (comparison.change !== null && Number.isFinite(comparison.change.estimate))
      measures[`${comparison.metric}-change`] = metricOf(comparison.change);
  }
  return jsonText(benchmarks);
}

/** An end that is not bounded is left out. */
const metricOf = ({ estimate, low, high }: Interval): Metric => ({
  value: estimate,
  ...(Number.isFinite(low) ? { lower_value: low } : {}),
  ...(Number.isFinite(high) ? { upper_value: high } : {}),
});
