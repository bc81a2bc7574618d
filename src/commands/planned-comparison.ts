import path from 'node:path';
import { type KeptRun, planBetween, refuseOtherConditions } from '../campaign/unpaired.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { BenchFailure } from '../model/failure.ts';
import type { AloneOptions } from '../model/origin.ts';
import type { Plan } from '../model/plan.ts';
import { readJournal } from '../store/journal.ts';
import { findLabelled, type RunReference, runReference } from '../store/labels.ts';
import { journalFile } from '../store/runs.ts';
import type { MatrixSource } from './matrix-source.ts';
import { tool } from './package.ts';
import { type Compared, gateFrom, measuringFrom, planOf } from './plan-options.ts';
import { type Planned, planned } from './planned.ts';
import type { World } from './world.ts';

type PlanningWorld = Pick<World, 'cwd' | 'env' | 'freshSeed'>;

export type PlannedComparison =
  | ({ readonly kind: 'to-measure' } & Planned)
  /** Both arms are stored runs. */
  | { readonly kind: 'measured'; readonly plan: Plan; readonly candidate: KeptRun };

/** What `--baseline` and `--candidate` ask for: to be measured in one run, or judged with what is stored. @throws BenchFailure */
export function plannedComparison(
  source: MatrixSource,
  args: Compared,
  out: string,
  world: PlanningWorld,
): PlannedComparison {
  refuseListed(args.candidate);
  const [baseline, candidate] = [runReference(args.baseline), runReference(args.candidate)];
  if (baseline === null && candidate === null) {
    if (args['across-machines'])
      throw refused('--across-machines: no stored run is compared. Leave it out.');
    return { kind: 'to-measure', ...planOf(source, args, world) };
  }
  if (baseline === null) {
    throw refused(
      `--candidate ${args.candidate}: a stored run is compared with another stored run only. Name one such as run:before as --baseline, or change the two about.`,
    );
  }
  const root = path.resolve(world.cwd, out);
  const keptRun = (reference: RunReference, option: string): KeptRun => {
    const { id, label, candidate: variant } = findLabelled(root, source.name, reference, option);
    const journal = readJournal(journalFile(path.join(root, id)));
    const measuredAt = journal.header.createdAt;
    return { journal, stored: { label: label ?? reference.label, variant, run: id, measuredAt } };
  };
  const alone = (variant: string): AloneOptions => ({
    ...{ variant, option: '--candidate', label: null },
    ...measuringFrom(args, world),
    ...gateFrom(args),
  });

  const kept = keptRun(baseline, '--baseline');
  if (candidate === null) {
    refuseFixed(args, ['launches', 'budget'], `they follow ${args.baseline}`);
    refuseOtherConditions(
      kept,
      { machine: fingerprintMachine(), tool },
      args['across-machines'] ?? false,
    );
    const request = { kind: 'against', options: alone(args.candidate) } as const;
    return { kind: 'to-measure', ...planned(source, request, world, kept) };
  }
  const fixed = ['launches', 'budget', 'workers', 'set', 'seed'] as const;
  refuseFixed(args, fixed, 'both runs are stored, and nothing is measured');
  const other = keptRun(candidate, '--candidate');
  refuseOtherConditions(kept, other.journal.header, args['across-machines'] ?? false);
  const request = { kind: 'alone', options: alone(other.stored.variant) } as const;
  const plan = planBetween(planned(source, request, world).plan, kept, other);
  return { kind: 'measured', plan, candidate: other };
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

/** @throws BenchFailure for a stored run among several candidates. */
export function refuseListed(given: string): void {
  const [first = '', ...others] = given.split(',').map((part) => part.trim());
  const stored = [first, ...others].find((part) => runReference(part) !== null);
  if (stored === undefined || others.length === 0) return;
  throw refused(
    `--candidate: ${stored} is a stored run, which is judged alone. Compare it with another one, without ${stored === first ? others[0] : first}.`,
  );
}

/** An option that would do nothing is refused. */
function refuseFixed(args: Compared, names: readonly (keyof Compared)[], why: string): void {
  for (const name of names) {
    const given = args[name];
    if (given === undefined || (Array.isArray(given) && given.length === 0)) continue;
    throw refused(`--${name}: ${why}. Leave it out.`);
  }
}
