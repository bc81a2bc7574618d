import type { Role } from '../model/plan.ts';
import type { CellReport, Report, ReportedSubject } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';
import { count } from '../model/units.ts';
import { wrap } from './columns.ts';
import { type Ink, inkFor } from './ink.ts';
import { intervalSentence } from './interval-sentence.ts';
import { noticesOf } from './notices.ts';
import { profileWords } from './profile-words.ts';
import { stateWords } from './state-words.ts';
import { differencesByWeight, subjectFacts } from './subject-name.ts';
import { changeTable, limitTable, undecided, workerTable } from './terminal-tables.ts';
import { capacityLines, causeLines, priceLines } from './terminal-causes.ts';
import { visible } from './visible.ts';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Width that prose is wrapped to and that decides the table's layout; names are never cut. */
  readonly columns: number;
  /** Where the report was written. */
  readonly files?: readonly string[];
}

/** More differences than this are left to the report's files. */
const mostDifferences = 8;

/** The results for stdout: what a reader of a CI log needs, the outcome first. Ends with a newline. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const ink = inkFor(options.colour);
  const { columns } = options;
  const sections = [
    opening(report, ink, columns),
    [...changeTable(report, ink, columns), ...intervalNote(report, ink, columns)],
    titled('Why', causeLines(report, columns), ink),
    titled('Prices', priceLines(report, ink, columns), ink),
    titled('Workers needed', capacityLines(report, ink), ink),
    titled('Where the time went, by CPU profiles', profiled(report, columns), ink),
    titled('Limits', limitTable(report, ink), ink),
    titled('Undecided', undecided(report, columns), ink),
    titled('Invalid', reasons(report, columns), ink),
    titled('Contract broken', brokenClauses(report, columns), ink),
    titled('Per worker, mean of the launches', workerTable(report, ink), ink),
    titled('Differences between the arms', differences(report, columns), ink),
    titled('Warnings', warnings(report, columns), ink),
    titled(
      'Files',
      (options.files ?? []).map((file) => `  ${visible(file)}`),
      ink,
    ),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const titled = (title: string, lines: readonly string[], ink: Ink): readonly string[] =>
  lines.length === 0 ? [] : [ink.strong(title), ...lines];

function opening(report: Report, ink: Ink, columns: number): readonly string[] {
  const [first = '', ...more] = wrap(`${report.outcome}: ${visible(report.sentence)}`, columns);
  const arm = (role: Role, subject: ReportedSubject) =>
    wrap(armWords(subject), columns, { first: role.padEnd(11), rest: ' '.repeat(11) });
  const facts = `exit code ${report.exitCode}, matrix ${visible(report.matrix.name)}, ${count(report.cells.length, 'cell')}, run ${visible(report.id)}, seed ${report.seed}`;
  return [
    ink.outcome(report.outcome)(report.outcome) + first.slice(report.outcome.length),
    ...more,
    ...noticesOf(report).flatMap((notice) => wrap(notice, columns)),
    ...(report.state === 'complete' ? [] : [stateWords[report.state]]),
    '',
    ...arm('baseline', report.baseline),
    ...report.candidates.flatMap((candidate) => arm('candidate', candidate)),
    ...wrap(facts, columns).map(ink.faint),
  ];
}

const armWords = (arm: ReportedSubject): string => {
  const facts = subjectFacts(arm);
  return visible(arm.name) + (facts.length > 0 ? ` (${facts.join(', ')})` : '');
};

function intervalNote(report: Report, ink: Ink, columns: number): readonly string[] {
  const note = intervalSentence(report);
  return note === null ? [] : wrap(note, columns).map(ink.faint);
}

const eachCell = (report: Report, lines: (cell: CellReport) => readonly string[]) =>
  report.cells.flatMap(lines);

const profiled = (report: Report, columns: number): readonly string[] =>
  eachCell(report, ({ id, profiles }) =>
    profileWords(profiles).flatMap((line, place) =>
      place === 0
        ? item(`${visible(id)}: ${line}`, columns)
        : wrap(line, columns, { first: '    ', rest: '      ' }),
    ),
  );

const reasons = (report: Report, columns: number): readonly string[] =>
  eachCell(report, ({ id, verdict, reason }) =>
    verdict === 'invalid'
      ? item(`${visible(id)}: ${visible(reason ?? 'no reason given')}`, columns)
      : [],
  );

const brokenClauses = (report: Report, columns: number): readonly string[] =>
  eachCell(report, ({ id, contract }) =>
    contract.clauses
      .filter(({ state }) => state === 'broken')
      .flatMap(({ clause, expected, observed }) =>
        item(
          `${visible(id)}: ${visible(clause)}; expected ${visible(expected)}, observed ${visible(observed)}`,
          columns,
        ),
      ),
  );

function differences(report: Report, columns: number): readonly string[] {
  const all = differencesByWeight(report);
  const rest = all.length - mostDifferences;
  return [
    ...all
      .slice(0, mostDifferences)
      .flatMap(({ key, baseline, candidate, of }) =>
        item(
          `${visible(key)}: ${visible(baseline)} → ${visible(candidate)}${report.candidates.length === 1 ? '' : ` (${of.map(visible).join(', ')})`}`,
          columns,
        ),
      ),
    ...(rest > 0 ? item(`and ${rest} more, listed in the report`, columns) : []),
  ];
}

const warnings = (report: Report, columns: number): readonly string[] => [
  ...report.warnings.flatMap((warning) => warningLines('', warning, columns)),
  ...eachCell(report, ({ id, warnings: own }) =>
    own.flatMap((warning) => warningLines(`${visible(id)}: `, warning, columns)),
  ),
];

const warningLines = (where: string, { message, next }: Warning, columns: number) => [
  ...item(`${where}${visible(message)}`, columns),
  ...wrap(`Next: ${visible(next)}`, columns, { first: '    ', rest: '    ' }),
];

const item = (text: string, columns: number): readonly string[] =>
  wrap(text, columns, { first: '  ', rest: '    ' });
