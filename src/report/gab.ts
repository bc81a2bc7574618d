import { type MetricDefinition, metrics } from '../model/metrics.ts';
import type { Report } from '../model/report.ts';
import { spokenComparison } from './comparison-words.ts';
import { cutName } from './cut.ts';
import { jsonText } from './json.ts';
import { type Measured, measuredIn } from './measured.ts';
import { visibleWithout } from './visible.ts';

/** A comment of the action shows each name in its table. */
const mostName = 300;

/**
 * github-action-benchmark's `customBiggerIsBetter` or `customSmallerIsBetter`: a list of {name, unit, value, range?,
 * extra?} (its README, and BenchmarkResult in its src/extract.ts). The action takes one direction a file. `value` is the
 * candidate's; `range` is left out, because a value has no interval of its own, and how the arms relate is in `extra`.
 */
export const renderGab = (report: Report, better: MetricDefinition['better']): string =>
  jsonText(
    measuredIn(report)
      .filter(({ comparison }) => comparison.better === better)
      .map((measured) => entry(report, measured)),
  );

const entry = ({ matrix }: Report, { cell, comparison, candidate }: Measured) => ({
  name: nameFor(`${matrix.name} ${cell.id} ${metrics[comparison.metric].label}`),
  unit: comparison.unit,
  value: candidate,
  extra: `${spokenComparison(cell, comparison)}, ${comparison.verdict}`,
});

/** The action writes it between backticks into a Markdown table, as it is. */
const nameFor = (name: string): string => cutName(visibleWithout(/[`|]/g, name), mostName);
