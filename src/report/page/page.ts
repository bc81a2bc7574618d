import type { Machine } from '../../model/fingerprint.ts';
import {
  type CellReport,
  type Report,
  type ReportedSubject,
  verdicts,
} from '../../model/report.ts';
import { glyph, glyphShapes } from '../glyph.ts';
import { methodParagraphs, verdictMeanings } from '../method.ts';
import { noticesOf } from '../notices.ts';
import { formatValue } from '../number.ts';
import { stateWords } from '../state-words.ts';
import { candidateNames, differencesByWeight, subjectFacts } from '../subject-name.ts';
import { visible } from '../visible.ts';
import { warningViews } from '../warning-views.ts';
import { anchorOf, cellName } from './anchors.ts';
import { axesView } from './axes.ts';
import { capacityView } from './capacity.ts';
import { cellDetail, type Depth } from './cell-detail.ts';
import { forest } from './forest.ts';
import { heatmap } from './heatmap.ts';
import { asksForAttention, worstFirst } from './order.ts';
import { pricesView } from './prices.ts';

/** Up to this many cells all that ask for attention are open; of more, the worst alone. */
const fewCells = 12;

/**
 * Everything that the page's templates show, in words: they only place it.
 * @param inFull how many cells, the worst first, say all that is known of them
 * @param rest what the others say
 */
export const pageView = (report: Report, inFull: number, rest: Depth) => ({
  title: `${report.outcome}: ${visible(report.baseline.name)} → ${candidateNames(report)}`,
  shapes: glyphShapes(),
  outcome: report.outcome,
  exitCode: report.exitCode,
  sentence: visible(report.sentence),
  causeSentences: report.causes.sentences.map(visible),
  tally: verdicts
    .map((verdict) => ({
      ...{ verdict, glyph: glyph(verdict) },
      count: report.cells.filter((cell) => cell.verdict === verdict).length,
    }))
    .filter(({ count }) => count > 0),
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
  forest: forest(report),
  axes: axesView(report),
  prices: pricesView(report),
  capacity: capacityView(report),
  ...cellsView(report, inFull, rest),
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
  warningCount:
    report.warnings.length + report.cells.reduce((sum, cell) => sum + cell.warnings.length, 0),
  cellWarnings: report.cells.flatMap((cell, i) =>
    cell.warnings.length === 0
      ? []
      : [{ anchor: anchorOf(i), name: cellName(cell.id), count: cell.warnings.length }],
  ),
});

function cellsView(report: Report, inFull: number, rest: Depth) {
  const { cells } = report;
  const order = worstFirst(report);
  const isOpen = (cell: CellReport, rank: number): boolean =>
    asksForAttention(cell) && (cells.length <= fewCells || rank === 0);
  return {
    cellCount: cells.length,
    hasMany: cells.length > 1,
    isShortened: inFull < cells.length,
    cells: order.flatMap((index, rank) => {
      const cell = cells[index];
      if (cell === undefined) return [];
      const depth = rank < inFull ? 'all' : rest;
      return [cellDetail(cell, { index, rank, isOpen: isOpen(cell, rank), depth })];
    }),
  };
}

const arm = (subject: ReportedSubject) => ({
  name: visible(subject.name),
  facts: subjectFacts(subject),
});

const sideWords = {
  client: 'the client',
  target: 'the target',
  both: 'client and target',
} as const;

/** More cells than this make squares small. */
const roomyCells = 40;

function heatmapView(report: Report) {
  const map = heatmap(report);
  const metricNames = new Set(map.rows.flatMap(({ squares }) => squares.map((s) => s?.metric)));
  metricNames.delete(undefined);
  return {
    ...map,
    corner: map.rowAxes.length,
    columnCount: map.columns.length,
    isDense: report.cells.length > roomyCells || map.columns.length > 6,
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
