import path from 'node:path';
import type { Argv } from 'yargs';
import { comparedWords } from '../analysis/sentence.ts';
import { declaredVersions, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { clientName, runtimeName, versionName } from '../model/names.ts';
import { type Cell, type Plan, type Role, roles } from '../model/plan.ts';
import type { TargetSettings } from '../model/settings.ts';
import { count } from '../model/units.ts';
import { type ImportedComparison, importedComparison } from './imported-comparison.ts';
import { expectations, shownForesight } from './last-run.ts';
import { matrixSource } from './matrix-source.ts';
import { runsFolder, runsOption } from './output-options.ts';
import { demandCompared, namesOf, type PlanArguments, withPlanOptions } from './plan-options.ts';
import { plannedComparison } from './planned-comparison.ts';
import { shownCost } from './shown-cost.ts';
import type { World } from './world.ts';

export const planCommandOptions = (yargs: Argv) =>
  withPlanOptions(yargs).options({ out: runsOption });

/** What would run and what it could see; runs nothing. */
export async function plan(
  args: PlanArguments & { readonly out: string },
  world: World,
): Promise<number> {
  const out = runsFolder(args.out);
  const compared = demandCompared(args);
  const imported = importedComparison(compared, args.matrix !== undefined, out, world);
  if (imported !== null) {
    world.stdout.write(`${importedWords(imported).join('\n')}\n`);
    return 0;
  }
  const source = await matrixSource(args.matrix, namesOf(compared), world);
  const { kind, plan: planned } = plannedComparison(source, compared, out, world);
  refuseWhatEnginesCannot(planned, declaredVersions);
  const foreseen = expectations(planned, fingerprintMachine(), path.resolve(world.cwd, out));
  const lines = [
    `${planned.matrix.name}: ${comparedWords(planned)} (${planned.compare.side} under test)`,
    `  baseline   ${armWords(planned, 'baseline', planned.cells[0])}`,
    ...candidateLines(planned),
    kind === 'measured'
      ? `  ${count(planned.cells.length, 'cell')}, nothing to measure`
      : `  ${shownCost(planned)}, seed ${planned.seed}`,
    ...planned.cells.flatMap(({ id }) => [
      `  ${id}`,
      ...foreseen.filter(({ cell }) => cell === id).map((line) => `    ${shownForesight(line)}`),
    ]),
    ...foresightWords(planned, foreseen.length),
  ];
  world.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

const importedWords = (comparison: ImportedComparison): string[] => [
  'both imported, nothing to measure',
  ...roles.map((role) => {
    const { stored, journal } = comparison[role];
    return `  ${role.padEnd(9)}  run ${stored.run}, ${count(journal.files.length, 'file')} of ${stored.variant}`;
  }),
];

function candidateLines(plan: Plan): string[] {
  const { candidates } = plan.compare;
  return candidates.flatMap((name) => {
    const cell = plan.cells.find(({ candidate }) => candidate === name) ?? plan.cells[0];
    const called = candidates.length === 1 ? '' : `${name}: `;
    return `  candidate  ${called}${armWords(plan, 'candidate', cell)}`;
  });
}

function armWords({ compare }: Plan, role: Role, { arms }: Cell): string {
  const stored = compare.kind === 'unpaired' ? compare.stored[role] : null;
  return stored === null
    ? [clientName(arms[role]), ...sourceWords(arms[role].target)].join(', ')
    : `run ${stored.run}, measured ${stored.measuredAt}`;
}

/** `target git:main on node@20`, as far as anything is said. */
function sourceWords(target: TargetSettings): readonly string[] {
  if (target.kind !== 'start') return [];
  const version = versionName(target.version);
  const on = target.runtime === null ? null : `on ${runtimeName(target.runtime)}`;
  const words = [version, on].filter((word) => word !== null);
  return words.length === 0 ? [] : [['target', ...words].join(' ')];
}

function foresightWords({ compare }: Plan, foreseen: number): string[] {
  if (compare.kind === 'unpaired') return [];
  return [
    foreseen === 0
      ? '  what it could see is unknown until this matrix has run here once'
      : '  sees: with 80 % power, by the noise of the last run here and the launches that the budget has room for',
  ];
}
