import { metrics } from '../model/metrics.ts';
import type { CellReport, Comparison, Imbalance, Report, WorkerFigures } from '../model/report.ts';
import { gatingOf } from './change.ts';
import { type Cell, type Column, layOut, tableWidth, wrap } from './columns.ts';
import { comparisonWords, couldHaveSeen, undecidedIn } from './comparison-words.ts';
import type { Ink } from './ink.ts';
import { limitWords } from './limit-words.ts';
import { formatScaled, formatShare, noNumber, scaleFor } from './number.ts';
import { visible } from './visible.ts';
import { workerPairs } from './worker-pairs.ts';

const left = (header: string): Column => ({ header, align: 'left' });
const right = (header: string): Column => ({ header, align: 'right' });

const changeColumns = [
  left('metric'),
  right('baseline'),
  right('candidate'),
  right('change'),
  right(''),
  left('verdict'),
];

/**
 * One row per cell and gating metric. Where a row with the cell's name does not fit, the name gets a
 * line of its own above its rows.
 */
export function changeTable(report: Report, ink: Ink, columns: number): string[] {
  const named = report.cells.map((cell) => ({
    name: visible(cell.id),
    rows: changeRows(cell, ink),
  }));
  const beside = named.flatMap(({ name, rows }) =>
    rows.map((row, i) => [{ text: i === 0 ? name : '', style: ink.strong }, ...row]),
  );
  const besideColumns = [left('cell'), ...changeColumns];
  if (tableWidth(besideColumns, beside) <= columns) return layOut(besideColumns, beside, ink.faint);
  // Laid out together, so that the columns of all cells agree, then parted by the names.
  const rows = named.flatMap((cell) => cell.rows);
  const [header = '', ...lines] = layOut(changeColumns, rows, ink.faint);
  let next = 0;
  return [
    `  ${header}`,
    ...named.flatMap((cell) => {
      const own = lines.slice(next, next + cell.rows.length);
      next += cell.rows.length;
      return [ink.strong(cell.name), ...own.map((line) => `  ${line}`)];
    }),
  ];
}

function changeRows(cell: CellReport, ink: Ink): Cell[][] {
  const gating = gatingOf(cell);
  if (gating.length === 0) {
    const verdict = { text: cell.verdict, style: ink.verdict(cell.verdict) };
    return [[...Array.from({ length: 5 }, () => ({ text: noNumber })), verdict]];
  }
  return gating.map((comparison) => changeRow(cell, comparison, ink));
}

function changeRow(cell: CellReport, comparison: Comparison, ink: Ink): Cell[] {
  const { metric, baseline, candidate, estimate, interval, verdict } = comparisonWords(
    cell,
    comparison,
  );
  return [
    { text: metric },
    { text: baseline },
    { text: candidate },
    { text: estimate, style: ink.verdict(verdict) },
    { text: interval && `(${interval})`, style: ink.faint },
    { text: verdict, style: ink.verdict(verdict) },
  ];
}

/** What the undecided comparisons could have seen. */
export const undecided = (report: Report, columns: number): string[] =>
  report.cells.flatMap((cell) =>
    undecidedIn(cell).flatMap((comparison) => {
      const text = `${visible(cell.id)}: ${metrics[comparison.metric].label} ${couldHaveSeen(cell, comparison)}`;
      return wrap(text, columns, { first: '  ', rest: '    ' });
    }),
  );

const limitColumns = [
  left('cell'),
  left('metric'),
  right('candidate'),
  right('interval'),
  left('limit'),
  left('state'),
];

/** The candidate against each limit, in each cell. */
export function limitTable(report: Report, ink: Ink): string[] {
  const rows = report.cells.flatMap((cell) =>
    cell.limits
      .map(limitWords)
      .map(({ metric, observed, interval, bound, state, note }, i) => [
        { text: i === 0 ? visible(cell.id) : '' },
        { text: metric },
        { text: observed },
        { text: interval && `(${interval})`, style: ink.faint },
        { text: bound },
        { text: note === '' ? state : `${state}, ${note}`, style: ink.limit(state) },
      ]),
  );
  return rows.length === 0 ? [] : layOut(limitColumns, rows, ink.faint);
}

const workerColumns = [
  left('cell'),
  right('worker'),
  right('baseline'),
  right('candidate'),
  right('baseline CPU'),
  right('candidate CPU'),
];

/** Requests per second and CPU of each worker in both arms. Empty where no worker was measured. */
export function workerTable(report: Report, ink: Ink): string[] {
  const rows = report.cells.flatMap((cell) => [
    ...workerPairs(cell).map(({ worker, baseline, candidate }, i): Cell[] => {
      const scale = scaleFor('1/s', [baseline?.rps ?? null, candidate?.rps ?? null]);
      return [
        { text: i === 0 ? visible(cell.id) : '' },
        { text: String(worker) },
        { text: formatScaled(baseline?.rps ?? null, scale) },
        { text: formatScaled(candidate?.rps ?? null, scale) },
        { text: cpu(baseline) },
        { text: cpu(candidate) },
      ];
    }),
    ...imbalanceRow(cell),
  ]);
  return rows.length === 0 ? [] : layOut(workerColumns, rows, ink.faint);
}

/** How far the rates of the fastest and the slowest are apart. */
function imbalanceRow({ imbalance: { baseline, candidate } }: CellReport): Cell[][] {
  if (baseline === null && candidate === null) return [];
  const apart = (of: Imbalance | null) => ({ text: of === null ? noNumber : formatShare(of.mean) });
  return [[{ text: '' }, { text: 'apart' }, apart(baseline), apart(candidate), ...noCpu]];
}

const noCpu = [{ text: '' }, { text: '' }];

const cpu = (figures: WorkerFigures | null): string =>
  figures === null ? noNumber : formatShare(figures.cpuUtilisation);
