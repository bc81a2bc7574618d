import type { Report } from '../model/report.ts';
import { count } from '../model/units.ts';
import { gateParagraph } from './gate-words.ts';
import { formatShare } from './number.ts';

/** How figures of others were judged. */
export function importedParagraphs(
  report: Report,
  { latency }: Extract<Report['method'], { kind: 'imported' }>,
): readonly string[] {
  const { family, alpha } = report.method;
  const meanings = Object.entries(latency).map(([program, meaning]) => `${program}: ${meaning}`);
  return [
    'Nothing was measured by bench: the results were imported, and are what the program says of itself. Neither machine nor target nor load is known, and so neither CPU nor the contract of connections and handshakes.',
    'Each file is one launch: requests, failures and time are those of its whole run, its warm-up and ramp included. The rate is of requests that the program takes for answered as expected; failed ones are in the error rate alone.',
    `What is called a latency: ${meanings.join('; ')}. A latency that the program tells in steps wider than its margin is shown, and no change is told of it.`,
    'A file gives one observation per metric, its logarithm; p and interval come from Welch’s t over the files of both arms, which may scatter differently. Values are geometric means over files.',
    `${count(family, 'comparison gates', 'comparisons gate')}: the rate, and the mean latency or the first percentile that is fine enough. Holm’s correction keeps the chance that any of them is called changed by accident at ${formatShare(alpha)}. Other metrics are shown with an interval of their own, uncorrected, and decide nothing.`,
    gateParagraph(report),
  ];
}
