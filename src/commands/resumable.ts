import { endOf } from '../analysis/ending.ts';
import { BenchFailure } from '../model/failure.ts';
import { journalSchemaVersion } from '../model/journal.ts';
import type { StoredOrigin } from '../model/origin.ts';
import type { Plan } from '../model/plan.ts';
import type { Variables } from '../model/variables.ts';
import { planChange } from '../store/changes.ts';
import type { Journal } from '../store/journal.ts';
import { hiddenDigest, hiddenOption } from '../store/origin.ts';
import { redacted } from '../store/redact.ts';
import type { RunJournals } from '../store/run-journals.ts';
import { tool } from './package.ts';
import { planAgain } from './planned.ts';

/** What the plan of a run was made from. @throws BenchFailure where nothing is left to do, or this release cannot do it. */
export function demandResumable({ header, rows, schemaVersion }: Journal): StoredOrigin {
  const { id, origin } = header;
  const refused = (why: string): BenchFailure =>
    new BenchFailure('configuration', `--resume: run ${id} ${why}`);
  if (endOf(rows)?.state === 'complete') {
    throw refused(`is complete: there is nothing to resume. \`bench report ${id}\` shows it.`);
  }
  if (header.tool.version !== tool.version || schemaVersion !== journalSchemaVersion) {
    const named = ({ name, version }: typeof tool, schema: number): string =>
      `${name} ${version} (schema ${schema})`;
    throw refused(
      `was begun by ${named(header.tool, schemaVersion)}, and this is ${named(tool, journalSchemaVersion)}, which may measure otherwise. Resume it with the release that began it, or begin a new run.`,
    );
  }
  if (origin === null) {
    throw refused(
      'has a plan that cannot be made again: by an older release, or of a matrix from a stream or a program. Begin a new run.',
    );
  }
  const option = hiddenOption(origin);
  if (option !== null) {
    throw refused(
      `was given --set ${option}, whose value is not stored. Begin a new run, with that value in the matrix file.`,
    );
  }
  return origin;
}

/** The plan of a run, with all that its header leaves out. @throws BenchFailure where the matrix gives another one. */
export async function samePlan(
  run: RunJournals,
  origin: StoredOrigin,
  variables: Variables,
): Promise<Plan> {
  const { header } = run.journal;
  const kept =
    run.kind === 'paired' ? null : { stored: run.pairing.stored.baseline, journal: run.baseline };
  const plan = await planAgain(origin, variables, kept);
  const { id } = header;
  const { file } = plan.matrix;
  const refused = (what: string): BenchFailure =>
    new BenchFailure('configuration', `--resume: ${what}. Undo the change, or begin a new run.`);
  const changed = planChange(header.plan, asStored(redacted(plan)));
  if (changed !== null) throw refused(`${file} was changed since run ${id} began: ${changed}`);
  if (hiddenDigest(plan, variables, id) !== origin.hidden) {
    throw refused(
      `a value that is not stored was changed since run ${id} began: in ${file} (env, a secret header), or a variable that it names`,
    );
  }
  return plan;
}

/** JSON has no infinity and no undefined: as they come back from the journal. */
const asStored = (plan: Plan): Plan => JSON.parse(JSON.stringify(plan)) as Plan;
