import { latencyNames } from '../model/imported.ts';
import { metrics } from '../model/metrics.ts';
import { type ByRole, type Gate, roles } from '../model/plan.ts';
import type { Outcome } from '../model/report.ts';
import { spokenChange } from '../model/units.ts';
import type { Warning } from '../model/warning.ts';
import { foreignLatency } from './foreign-latency.ts';
import { type ImportedArm, isCoarse, type JudgedImport } from './imported.ts';

const isSingle = ({ files }: ImportedArm): boolean => files.length === 1;

/** The outcome in one sentence. @param names as a user refers to the arms. */
export function importedSentence(
  outcome: Outcome,
  { metrics: compared, verdict, invalid }: JudgedImport,
  arms: ByRole<ImportedArm>,
  names: ByRole<string>,
): string {
  const about = `${names.candidate} against ${names.baseline}, both imported`;
  if (invalid !== null) return `${about}: ${invalid}.`;
  if (roles.some((role) => isSingle(arms[role])) && outcome !== 'regression')
    return `${about}: inconclusive; one file is one launch, which has no spread to judge by.`;
  const gating = compared.filter((comparison) => comparison.gating);
  const worse = gating.find((comparison) => comparison.verdict === 'regression');
  if (worse !== undefined) {
    const { metric, change } = worse;
    return change === null
      ? `${about}: regression; only ${names.candidate} fails requests.`
      : `${about}: regression; ${metrics[metric].label} ${spokenChange(change.estimate)}.`;
  }
  return outcome === 'insensitive'
    ? `${about}: too noisy to tell; these files could not have shown a change of the size that matters.`
    : `${about}: no regression (${verdict}).`;
}

/** What a reader should know of figures that nobody but the program vouches for. */
export function importedWarnings(
  arms: ByRole<ImportedArm>,
  names: ByRole<string>,
  gate: Gate,
): Warning[] {
  const warnings: Warning[] = [
    {
      code: 'imported',
      message: `${names.baseline} and ${names.candidate} were imported: nothing tells that machine, target and load were the same, CPU is not known, and p and interval tell the scatter from file to file only`,
      next: 'Compare both with bench, in one run, before you act on a small change.',
    },
  ];
  for (const role of roles) if (isSingle(arms[role])) warnings.push(oneFile(names[role]));
  const [a, b] = [arms.baseline.program, arms.candidate.program];
  if (a !== b)
    warnings.push({
      code: 'other-latency',
      message: `latency is not compared: of ${a} it is ${foreignLatency[a].meaning}; of ${b} it is ${foreignLatency[b].meaning}`,
      next: 'Import results of one program for both; with two, the rate is a comparison of the programs too.',
    });
  const coarse = latencyNames.filter((name) => a === b && isCoarse(name, arms, gate));
  if (coarse.length > 0)
    warnings.push({
      code: 'coarse-latency',
      message: `${coarse.map((name) => metrics[name].label).join(', ')} come from ${a} in steps that are wider than their margin: they are shown, and no change is told of them`,
      next: 'Judge by what gates here, or measure with bench.',
    });
  return warnings;
}

export const oneFile = (name: string): Warning => ({
  code: 'one-file',
  message: `${name} is one file, and one launch has no spread: nothing can be judged by it`,
  next: 'Repeat the run five times or more, and import all its files in one command.',
});
