import type { CellReport, Report, Verdict } from '../../model/report.ts';
import type { Warning } from '../../model/warning.ts';
import { gatingOf } from '../change.ts';
import { comparisonWords, couldHaveSeen, undecidedIn } from '../comparison-words.ts';
import { gateParagraph } from '../gate-words.ts';
import { intervalSentence } from '../interval-sentence.ts';
import { limitWords } from '../limit-words.ts';
import { formatShare, formatValue, noNumber } from '../number.ts';
import { differencesByWeight } from '../subject-name.ts';
import { workerPairs } from '../worker-pairs.ts';
import { capacity, prices, why } from './causes.ts';
import { collapsed, even, type Row, type Section, shown } from './fit.ts';
import { code, prose, tableHead, tableRow } from './text.ts';

/** In the order of their importance, which is also that of the page. */
export const sectionsOf = (report: Report): readonly Section[] => [
  why(report),
  cells(report),
  limits(report),
  problems(report),
  undecided(report),
  ...prices(report),
  capacity(report),
  warnings(report),
  differences(report),
  workers(report),
  gate(report),
];

const weights: Readonly<Record<Verdict, number>> = {
  regression: 6,
  invalid: 5,
  slower: 4,
  inconclusive: 3,
  improvement: 2,
  faster: 1,
  unchanged: 0,
};

const bold = (text: string): string => `**${text}**`;
const verdictText = (verdict: Verdict): string =>
  verdict === 'regression' || verdict === 'invalid' ? bold(verdict) : verdict;

const eachCell = (report: Report, rows: (cell: CellReport) => readonly Row[]): readonly Row[] =>
  report.cells.flatMap(rows);

function cells(report: Report): Section {
  const rows = eachCell(report, (cell) => {
    const gating = gatingOf(cell);
    const name = code(cell.id);
    if (gating.length === 0) {
      const none = Array.from({ length: 4 }, () => noNumber);
      return [rowFor([name, ...none, verdictText(cell.verdict)], cell.verdict)];
    }
    return gating.map((comparison) => {
      const { metric, baseline, candidate, estimate, interval, verdict } = comparisonWords(
        cell,
        comparison,
      );
      const change = `${estimate}${interval && ` (${interval})`}`;
      return rowFor([name, metric, baseline, candidate, change, verdictText(verdict)], verdict);
    });
  });
  const names = ['cell', 'metric', 'baseline', 'candidate', 'change', 'verdict'];
  const note = intervalSentence(report);
  const section = shown('rows of cells', tableHead(names, 'llrrrl'), rows);
  return note === null ? section : { ...section, close: ['', note, ''] };
}

const rowFor = (columns: readonly string[], verdict: Verdict): Row => ({
  text: tableRow(columns),
  weight: weights[verdict],
});

const limitWeights = { broken: 2, unmeasured: 1, held: 0 } as const;

function limits(report: Report): Section {
  const rows = eachCell(report, (cell) =>
    cell.limits.map((limit) => {
      const { metric, observed, interval, bound, state, note } = limitWords(limit);
      const value = `${observed}${interval && ` (${interval})`}`;
      const said = `${state === 'held' ? state : bold(state)}${note && `, ${note}`}`;
      return {
        text: tableRow([code(cell.id), metric, value, bound, said]),
        weight: limitWeights[state],
      };
    }),
  );
  const names = ['cell', 'metric', 'candidate', 'limit', 'state'];
  return shown('limits', tableHead(names, 'llrll'), rows);
}

/** Why a cell is invalid, and which clauses of its contract are broken. */
function problems(report: Report): Section {
  const rows = eachCell(report, ({ id, verdict, reason, contract }) => [
    ...(verdict === 'invalid'
      ? [even(`- ${code(id)} is invalid: ${prose(reason ?? 'no reason given')}`)]
      : []),
    ...contract.clauses
      .filter(({ state }) => state === 'broken')
      .map(({ clause, expected, observed }) =>
        even(
          `- ${code(id)} broke its contract: ${prose(`${clause}; expected ${expected}, observed ${observed}`)}`,
        ),
      ),
  ]);
  return shown('reasons', ['Not compared:', ''], rows);
}

function undecided(report: Report): Section {
  const rows = eachCell(report, (cell) =>
    undecidedIn(cell).map((comparison) => {
      const { metric } = comparisonWords(cell, comparison);
      return even(`- ${code(cell.id)}: ${metric} ${couldHaveSeen(cell, comparison)}`);
    }),
  );
  return shown('undecided comparisons', ['Undecided:', ''], rows);
}

function warnings(report: Report): Section {
  const item = (where: string, { message, next }: Warning, weight: number): Row => ({
    text: `- ${where}: ${prose(message)}<br/>Next: ${prose(next)}`,
    weight,
  });
  const rows = [
    ...report.warnings.map((warning) => item('the run', warning, 1)),
    ...eachCell(report, ({ id, warnings: own }) =>
      own.map((warning) => item(code(id), warning, 0)),
    ),
  ];
  return collapsed('warnings', `Warnings (${rows.length})`, [], rows);
}

function differences(report: Report): Section {
  const isOne = report.candidates.length === 1;
  const rows = differencesByWeight(report).map(({ key, baseline, candidate, of }) => {
    const whose = isOne ? [] : [of.map((name) => code(name)).join(', ')];
    return even(tableRow([code(key), code(baseline), code(candidate), ...whose]));
  });
  const names = ['what', 'baseline', 'candidate', ...(isOne ? [] : ['of'])];
  return collapsed(
    'differences between the arms',
    `What else differs between the arms (${rows.length})`,
    tableHead(names, isOne ? 'lll' : 'llll'),
    rows,
  );
}

function workers(report: Report): Section {
  const rows = eachCell(report, (cell) =>
    workerPairs(cell).map(({ worker, baseline, candidate }) =>
      even(
        tableRow([
          ...[code(cell.id), String(worker)],
          ...[baseline, candidate].flatMap((of) =>
            of === null
              ? [noNumber, noNumber]
              : [formatValue(of.rps, '1/s'), formatShare(of.cpuUtilisation)],
          ),
        ]),
      ),
    ),
  );
  const names = [
    ...['cell', 'worker', 'baseline', 'baseline CPU'],
    ...['candidate', 'candidate CPU'],
  ];
  return collapsed(
    'rows of workers',
    'Per worker, mean of the launches',
    tableHead(names, 'lrrrrr'),
    rows,
  );
}

function gate(report: Report): Section {
  const { environment } = report;
  const machine =
    environment === null
      ? []
      : [
          `Measured on ${prose(`${environment.cpu}, ${environment.cores} cores`)}, ${prose(environment.os)}.`,
        ];
  const rows = [prose(gateParagraph(report)), ...machine].map((text) => even(`- ${text}`));
  return collapsed('notes', 'How it was decided', [], rows);
}
