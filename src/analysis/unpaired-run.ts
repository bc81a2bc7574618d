import type { Compare, Plan } from '../model/plan.ts';
import type { ReportedPairing } from '../model/report.ts';
import { targetEnv } from '../model/settings.ts';
import { count } from '../model/units.ts';
import { variablesIn } from '../model/variables.ts';
import type { Warning } from '../model/warning.ts';
import { type Conditions, conditionWords, differingConditions } from './conditions.ts';

/** Between the beginnings of both runs. */
export const apartWords = (ms: number): string => {
  const [seconds, minutes] = [Math.round(ms / 1000), Math.round(ms / 60_000)];
  if (seconds < 120) return count(seconds, 'second');
  if (minutes < 120) return count(minutes, 'minute');
  return minutes < 48 * 60
    ? count(Math.round(minutes / 60), 'hour')
    : count(Math.round(minutes / 1440), 'day');
};

/** Why it is weaker than a paired comparison, in one sentence without its end. */
export const whyWeaker = ({ apartMs }: Extract<ReportedPairing, { kind: 'unpaired' }>): string =>
  `the runs were ${apartWords(apartMs)} apart, and what changed on the machine in between is in the difference`;

/** What a reader should know of an unpaired comparison as a whole. */
export function unpairedWarnings(
  { compare, cells }: Plan,
  pairing: Extract<ReportedPairing, { kind: 'unpaired' }>,
  baseline: Conditions,
  candidate: Conditions,
): Warning[] {
  const warnings: Warning[] = [
    {
      code: 'unpaired',
      message: `${compare.baseline} and ${compare.candidates.join(', ')} are unpaired: ${whyWeaker(pairing)}; p and interval tell the scatter from launch to launch only`,
      next: 'Compare both live, in one run, before you act on a small change.',
    },
  ];
  const found = differingConditions(baseline, candidate);
  if (found.length > 0) {
    warnings.push({
      code: 'across-machines',
      message: `the runs were measured under different conditions: ${conditionWords(found)}`,
      next: 'Measure both on one machine, with one release of bench.',
    });
  }
  const variables = unstoredNames(cells, compare.written);
  if (variables.length > 0) {
    warnings.push({
      code: 'environment-unknown',
      message: `values of variables are not stored, so nobody can tell whether both runs had the same ${variables.join(', ')}`,
      next: 'Make sure that they had, or compare both live.',
    });
  }
  return warnings;
}

/** Variables that are given to client and target and are not what is compared, and those that settings name. */
const unstoredNames = (cells: Plan['cells'], written: Compare['written']): string[] => [
  ...new Set(
    cells.flatMap(({ arms: { candidate } }) => [
      ...(written.includes('client.env') ? [] : Object.keys(candidate.client.env)),
      ...(written.includes('target.env') ? [] : Object.keys(targetEnv(candidate.target))),
      ...variablesIn(candidate),
    ]),
  ),
];
