import { whyWeaker } from '../analysis/unpaired-run.ts';
import { type Report, type Verdict, verdicts } from '../model/report.ts';
import { count } from '../model/units.ts';
import { gateParagraph } from './gate-words.ts';
import { glyph } from './glyph.ts';
import { importedParagraphs } from './imported-method.ts';
import { formatShare } from './number.ts';

/** How the figures came about, in sentences that carry the numbers of this run. */
export function methodParagraphs(report: Report): readonly string[] {
  const { method } = report;
  if (method.kind === 'imported') return importedParagraphs(report, method);
  const { looks, budgetMs, sliceTimeMs, warmupMs, alpha, family } = method;
  const paragraphs = [
    ...(report.compare.kind === 'unpaired' ? unpairedParagraphs(report.compare) : []),
    `A launch starts fresh processes for both arms of a cell. Both stay alive and take turns in short slices, in blocks of baseline, candidate, candidate, baseline or its mirror, drawn from seed ${report.seed}: whatever disturbs the machine disturbs both. Each launch has ${formatSeconds(sliceTimeMs)} in measured slices, both arms together, after a warm-up of at most ${formatSeconds(warmupMs)}.`,
    `${report.compare.kind === 'unpaired' ? unpairedObservation : pairedObservation} Values are geometric means over launches, not over slices, because the slices of one pair of processes are not independent. Blocks in which others took too much of our cores are left out of rates, whole, by signals of the machine alone; no other figure leaves any out.`,
    ...(report.cells.some(({ onePair }) => onePair)
      ? [
          'The workers ran on other machines and stayed the same in all launches; only targets were fresh. Launches then repeat one pair of processes, and p and interval tell how these two scatter over time: not what other processes of the same versions would have shown, because layout, JIT decisions and placement stay for the life of a process. So a proven change is called slower or faster, whatever its size.',
        ]
      : []),
    ...(report.candidates.length > 1
      ? [
          `Each of the ${report.candidates.length} candidates has cells of its own, in which it is compared with launches of the baseline that are no other candidate’s: a bad launch of the baseline is in one comparison only. In a round the candidates of a combination take turns in being launched first, so that each has every place equally often.`,
        ]
      : []),
    ...(report.cells.some(({ clients }) => clients === 'shared')
      ? [
          'Where only the target differs, both arms share one client, which sends to one target and then to the other: what scatters from client to client falls out of the ratio. Its CPU and its memory are shown at most, and never gate.',
        ]
      : []),
    ...(report.cells.some(({ pace }) => pace !== null)
      ? [
          'Paced load is offered for a ramp and then a window; what is answered within the window counts, with the CPU of the window. What is still in flight at its end is waited for, so that nothing of one arm runs in the window of the other.',
        ]
      : []),
    ...(method.paused
      ? [
          'The load generator cannot rest by itself, so it was stopped and continued by signals (SIGSTOP, SIGCONT). Slices have two lengths, from block to block, and must lead to the same change. Requests of a slice are what the target counted; a latency would hold the rests, so none is shown.',
        ]
      : []),
    ...(method.whole
      ? [
          'Where the load generator can neither rest by itself nor be paused, each slice is the whole run of a fresh program, one arm after the other, and its requests are those that it reports at its end. What it does to get warm is in its figures, in both arms, and slices of this length are less alike than short ones.',
        ]
      : []),
    looks.length === 1
      ? `Planned were ${count(looks[0], 'launch', 'launches')} per cell, judged once, at the end.`
      : `A cell is judged after ${looks.join(', ')} launches, and measured no further once all its gating metrics are decided or cannot be decided any more${budgetMs === null ? '' : `; the whole run had ${formatSeconds(budgetMs)}`}. Each look may spend a share of the error (Lan and DeMets, in the manner of O’Brien and Fleming), so that all looks together keep the level; intervals are the repeated ones. After the first look the launches of a cell are from half to twice as long, by how its blocks and launches have scattered (Kalibera and Jones).`,
    `${count(family, 'comparison gates', 'comparisons gate')}. Holm’s correction keeps the chance that any of them is called changed by accident at ${formatShare(alpha)} for the whole matrix. Other metrics are shown with an interval of their own, uncorrected, and decide nothing.`,
    gateParagraph(report),
  ];
  if (report.cells.some(({ limits }) => limits.length > 0))
    paragraphs.push(
      'Limits are absolute and of the candidate alone. What is set against a limit is the value of the comparison, over launches; beyond it the limit is broken, however uncertain the value is. Beside it stands the interval of the mean over launches, by Student’s t on logarithms, uncorrected: where it holds the limit, another run may find the other side. A run in which nobody could check a limit does not pass.',
    );
  // A number keeps its unit at the end of a line.
  return paragraphs.map((paragraph) => paragraph.replace(/(?<=\d) (?=[%s]\b|%)/g, '\u00A0'));
}

const pairedObservation =
  'A launch gives one observation per metric: the logarithm of the ratio of totals, candidate to baseline; p and interval come from Student’s t over launches.';
const unpairedObservation =
  'A launch gives one observation per metric: the mean of the logarithms of its two arms, which are the same; p and interval come from Welch’s t over the launches of both runs, which may scatter differently.';

const unpairedParagraphs = (compare: Extract<Report['compare'], { kind: 'unpaired' }>) => [
  `This comparison is unpaired: baseline and candidate were measured in two runs, ${compare.baseline.run} and ${compare.candidate.run}, each against itself. It is weaker than a paired one: ${whyWeaker(compare)}. The intervals tell how launches scatter, and not how the machine wanders from one hour to another. What is said of both arms below is said of the two arms of each run.`,
];

const formatSeconds = (ms: number): string => `${Math.round(ms / 10) / 100} s`;

const meanings: Readonly<Record<Verdict, string>> = {
  regression: 'Proven worse, and by more than the margin.',
  slower: 'Proven worse, by no more than the margin.',
  unchanged: 'Proven to lie within the margin, to either side.',
  faster: 'Proven better, by no more than the margin.',
  improvement: 'Proven better, and by more than the margin.',
  inconclusive: 'None of these could be proven. It does not say that nothing changed.',
  invalid: 'The arms did not do the same work, or could not be measured. Nothing is compared.',
};

export const verdictMeanings = () =>
  verdicts.map((verdict) => ({ verdict, glyph: glyph(verdict), meaning: meanings[verdict] }));
