import type { Machine } from '../model/fingerprint.ts';
import type { Report, ReportedSubject } from '../model/report.ts';
import { cellDetail } from './cell-detail.ts';
import { axisWords, forest, narrowForest, wideForest } from './forest.ts';
import { glyph } from './glyph.ts';
import { anchorOf, heatmap } from './heatmap.ts';
import { methodParagraphs, verdictMeanings } from './method.ts';
import { noticesOf } from './notices.ts';
import { formatValue } from './number.ts';
import { stateWords } from './state-words.ts';
import { candidateNames, differencesByWeight, subjectFacts } from './subject-name.ts';
import { visible } from './visible.ts';
import { warningViews } from './warning-views.ts';

/** Everything that the page's templates show, in words: they only place it. */
export const pageView = (report: Report) => ({
  title: `${report.outcome}: ${visible(report.baseline.name)} → ${candidateNames(report)}`,
  outcome: report.outcome,
  exitCode: report.exitCode,
  sentence: visible(report.sentence),
  notices: noticesOf(report),
  state: report.state === 'complete' ? null : stateWords[report.state],
  description: visible(report.description),
  arms: [
    { role: 'baseline', ...arm(report.baseline) },
    ...report.candidates.map((candidate) => ({ role: 'candidate', ...arm(candidate) })),
  ],
  id: visible(report.id),
  createdAt: visible(report.createdAt),
  tool: `${visible(report.tool.name)} ${visible(report.tool.version)}`,
  matrix: visible(report.matrix.name),
  file: visible(report.matrix.file),
  seed: report.seed,
  comparedAxis: visible(report.compare.axis),
  comparedSide: sideWords[report.compare.side],
  heatmap: heatmapView(report),
  forests: [forest(report, wideForest), forest(report, narrowForest)].filter((svg) => svg !== null),
  axisWords: axisWords(report),
  cells: report.cells.map((cell, i) => cellDetail(cell, anchorOf(i))),
  differences: differencesByWeight(report).map(({ key, baseline, candidate, of }) => ({
    key: visible(key),
    baseline: visible(baseline),
    candidate: visible(candidate),
    of: report.candidates.length === 1 ? null : of.map(visible).join(', '),
  })),
  hasSeveral: report.candidates.length > 1,
  environment: report.environment === null ? [] : environmentRows(report.environment),
  method: methodParagraphs(report),
  meanings: verdictMeanings(),
  warnings: warningViews(report.warnings),
  cellWarnings: report.cells.flatMap((cell, i) =>
    cell.warnings.length === 0
      ? []
      : [{ anchor: anchorOf(i), name: visible(cell.id), count: cell.warnings.length }],
  ),
});

const arm = (subject: ReportedSubject) => ({
  name: visible(subject.name),
  facts: subjectFacts(subject),
});

const sideWords = {
  client: 'the client',
  target: 'the target',
  both: 'client and target',
} as const;

function heatmapView(report: Report) {
  const map = heatmap(report);
  const metricNames = new Set(map.rows.flatMap(({ squares }) => squares.map((s) => s?.metric)));
  metricNames.delete(undefined);
  return {
    ...map,
    corner: map.rowAxes.length,
    columnCount: map.columns.length,
    // Named once above the table where it is the same for all.
    metric: metricNames.size === 1 ? [...metricNames].join('') : null,
    rows: map.rows.map((row) => ({
      ...row,
      squares: row.squares.map(
        (square) =>
          square && {
            ...square,
            glyph: glyph(square.verdict),
            metric: metricNames.size === 1 ? null : square.metric,
          },
      ),
    })),
  };
}

const environmentRows = (machine: Machine) =>
  [
    ['Operating system', `${machine.os} ${machine.kernel}`],
    ['Architecture', machine.arch],
    ['Processor', machine.cpu],
    ['Cores that could be used', String(machine.cores)],
    ['Memory', formatValue(machine.memoryBytes, 'bytes')],
    ['Node of the harness', machine.node],
    ['Frequency governor', machine.governor ?? 'not readable'],
    ['Virtualisation', machine.virtualisation ?? 'none found'],
  ].map(([name = '', value = '']) => ({ name, value: visible(value) }));
