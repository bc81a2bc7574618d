import type { Outcome, Report, ReportedSubject } from '../../model/report.ts';
import { count } from '../../model/units.ts';
import { noticesOf } from '../notices.ts';
import { stateWords } from '../state-words.ts';
import { subjectFacts } from '../subject-name.ts';
import { fitted, sizeOf } from './fit.ts';
import { sectionsOf } from './sections.ts';
import { code, prose } from './text.ts';

/**
 * A comment on GitHub holds 65,536 characters and a job summary 1024 kB. Counted here in bytes, of which there are never
 * fewer, with room for a few lines that a workflow adds.
 */
export const mostMarkdown = 64_000;

/** Room for what was left out, and how to see it. */
const noteSize = 1500;
const mostCandidates = 8;

/**
 * GitHub-flavoured Markdown for a comment or a job summary. The first line is hidden and, for one matrix, always the
 * same: by it a workflow finds its comment again. Whatever the report says, it mentions nobody, links nowhere and is no
 * longer than `mostMarkdown` bytes.
 */
export function renderMarkdown(report: Report): string {
  const head = [marker(report), '', ...opening(report), ''];
  const { lines, leftOut } = fitted(sectionsOf(report), mostMarkdown - sizeOf(head) - noteSize);
  const note =
    leftOut.length === 0
      ? []
      : [
          `Left out here, because a comment has no room for it: ${leftOut.join('; ')}. ${code(`npx bench-matrix report ${report.id} --format html`)} shows all of it, and so does the run’s report.json.`,
          '',
        ];
  return [...head, ...lines, ...note, facts(report), ''].join('\n');
}

const marker = ({ matrix }: Report): string =>
  `<!-- bench-matrix: ${matrix.name.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, 80)} -->`;

const signs: Readonly<Record<Outcome, string>> = {
  pass: '✅',
  regression: '❌',
  'limit-broken': '❌',
  insensitive: '⚠️',
  invalid: '⚠️',
};

function opening(report: Report): readonly string[] {
  const { outcome, exitCode, sentence, state, candidates } = report;
  const shown = candidates.slice(0, mostCandidates);
  const rest = candidates.length - shown.length;
  return [
    `### ${signs[outcome]} bench: ${outcome}`,
    '',
    `Exit code ${exitCode}. ${prose(sentence)}`,
    ...noticesOf(report).flatMap((notice) => ['', `_Note:_ ${prose(notice)}`]),
    ...(state === 'complete' ? [] : ['', stateWords[state]]),
    '',
    `- baseline ${arm(report.baseline)}`,
    ...shown.map((candidate) => `- candidate ${arm(candidate)}`),
    ...(rest > 0 ? [`- and ${count(rest, 'candidate')} more`] : []),
  ];
}

function arm(subject: ReportedSubject): string {
  const known = subjectFacts(subject)
    .slice(0, 6)
    .map((fact) => code(fact));
  return `${code(subject.name)}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
}

const facts = ({ id, matrix, seed, tool }: Report): string =>
  `Run ${code(id)} of matrix ${code(matrix.name)}, seed ${seed}, by ${code(`${tool.name} ${tool.version}`)}.`;
