import type { CellReport, Comparison, LimitReport, Report } from '../model/report.ts';
import { verdictIn } from './change.ts';
import { visible } from './visible.ts';

/** Text is guarded; a number is written as it is; nothing, for what is not known or has no bound, as in `report.json`. */
type Field = string | number | boolean | null;

/** What a row is of: a metric of a cell, its limit, or both. A cell without any has one of its own. */
interface Row {
  readonly cell: CellReport;
  readonly comparison: Comparison | null;
  readonly limit: LimitReport | null;
}

const columns: Readonly<Record<string, (row: Row, report: Report) => Field>> = {
  run: (_, { id }) => id,
  created_at: (_, { createdAt }) => createdAt,
  matrix: (_, { matrix }) => matrix.name,
  cell: ({ cell }) => cell.id,
  baseline_name: (_, { baseline }) => baseline.name,
  candidate_name: ({ cell }) => cell.candidate,
  cell_verdict: ({ cell }) => cell.verdict,
  launches: ({ cell }) => cell.launches,
  baseline_launches: ({ cell }) => cell.baselineLaunches,
  metric: ({ comparison, limit }) => comparison?.metric ?? limit?.metric ?? null,
  unit: ({ comparison, limit }) => comparison?.unit ?? limit?.unit ?? null,
  better: ({ comparison, limit }) => comparison?.better ?? limit?.better ?? null,
  gating: ({ comparison }) => comparison?.gating ?? null,
  baseline: ({ comparison }) => comparison?.baseline ?? null,
  candidate: ({ comparison }) => comparison?.candidate ?? null,
  change: ({ comparison }) => comparison?.change?.estimate ?? null,
  change_low: ({ comparison }) => comparison?.change?.low ?? null,
  change_high: ({ comparison }) => comparison?.change?.high ?? null,
  level: ({ comparison }) => comparison?.change?.level ?? null,
  p: ({ comparison }) => comparison?.p ?? null,
  adjusted_p: ({ comparison }) => comparison?.adjustedP ?? null,
  equivalence_p: ({ comparison }) => comparison?.equivalenceP ?? null,
  sign_flip_p: ({ comparison }) => comparison?.signFlipP ?? null,
  margin: ({ comparison }) => comparison?.margin ?? null,
  detectable: ({ comparison }) => comparison?.detectable ?? null,
  verdict: ({ cell, comparison }) => (comparison === null ? null : verdictIn(cell, comparison)),
  limit: ({ limit }) => limit?.limit ?? null,
  limit_state: ({ limit }) => limit?.state ?? null,
  reason: ({ cell }) => cell.reason,
};

/**
 * Long form, one row for each metric of each cell, by RFC 4180: lines end in CRLF, the first has the names. The axes
 * come last, each in a column of its own, `axis tls`.
 */
export function renderCsv(report: Report): string {
  const axes = report.axes.map(({ name }) => name);
  const header = [...Object.keys(columns), ...axes.map((name) => `axis ${name}`)];
  const rows = report.cells
    .flatMap(rowsOf)
    .map((row) => [
      ...Object.values(columns).map((value) => value(row, report)),
      ...axes.map((name) => variantOf(row.cell, name)),
    ]);
  return [header, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

/** An axis may have any name, `constructor` too. */
const variantOf = ({ variants }: CellReport, axis: string): Field =>
  Object.hasOwn(variants, axis) ? (variants[axis] ?? null) : null;

function rowsOf(cell: CellReport): readonly Row[] {
  const limitOf = (metric: string) => cell.limits.find((limit) => limit.metric === metric) ?? null;
  const compared = cell.metrics.map((comparison) => ({
    ...{ cell, comparison, limit: limitOf(comparison.metric) },
  }));
  const alone = cell.limits
    .filter(({ metric }) => !cell.metrics.some((comparison) => comparison.metric === metric))
    .map((limit) => ({ cell, comparison: null, limit }));
  const rows = [...compared, ...alone];
  return rows.length > 0 ? rows : [{ cell, comparison: null, limit: null }];
}

function written(field: Field): string {
  if (typeof field === 'string') return quoted(guarded(visible(field)));
  return field === null || (typeof field === 'number' && !Number.isFinite(field))
    ? ''
    : String(field);
}

/**
 * A spreadsheet would run text that begins like a formula; after an apostrophe it is text (OWASP, CSV Injection). Where a
 * program takes semicolons for separators, what follows one begins a field too.
 */
const guarded = (text: string): string => text.replace(formulaStarts, "'");

const formulaStarts = /(?<=^\s*|[;,"'|]\s*)(?=[=+\-@＝＋－＠])/gu;

const quoted = (text: string): string =>
  /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
