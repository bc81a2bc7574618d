import path from 'node:path';
import { declaredVersions, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { type HeaderRow, journalSchemaVersion } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import { runtimeName } from '../model/settings.ts';
import { withValues } from '../model/variables.ts';
import { measuredEnvironment } from '../process/environment.ts';
import { startWatchdog } from '../process/watchdog.ts';
import { concealedError, concealing } from '../store/conceal.ts';
import { openJournal } from '../store/journal.ts';
import { storedOrigin } from '../store/origin.ts';
import { redacted } from '../store/redact.ts';
import { keepBaseline } from '../store/run-journals.ts';
import { createRunFolder, journalFile } from '../store/runs.ts';
import { becomeWriter } from '../store/writers.ts';
import { cacheFolder } from '../subject/cache.ts';
import { npmFor } from '../subject/npm.ts';
import { fingerprintsOf, type PreparedArms, prepareSubjects } from '../subject/prepare.ts';
import { expectations, shownRange } from './last-run.ts';
import { type RunOutput, measureRun, type RunOutcome } from './measure-run.ts';
import { tool } from './package.ts';
import type { Planned } from './planned.ts';
import { runCores } from './run-cores.ts';
import { runId } from './run-id.ts';
import { shownCost } from './shown-cost.ts';
import type { World } from './world.ts';

/** Prepares, measures and judges a plan, and keeps all of it in a folder of its own below `out`. */
export async function runPlan(
  { plan, origin }: Planned,
  { out, tell }: RunOutput,
  world: World,
): Promise<RunOutcome> {
  refuseWhatEnginesCannot(plan, declaredVersions);
  const root = path.resolve(world.cwd, out);
  const id = runId(world.now(), plan.seed);
  const say = (text: string): void => tell({ kind: 'note', text });

  const conceal = concealing(plan, world.env);
  const watchdog = await startWatchdog(id);
  try {
    const prepared = await prepareArms(plan, id, say, world);
    const folder = createRunFolder(root, id);
    keepBaseline(plan, root, folder);
    say(`run ${id}: ${shownCost(plan)}, seed ${plan.seed}`);
    const machine = fingerprintMachine();
    const seen = shownRange(expectations(plan, machine, root));
    if (seen !== null) say(seen);
    const cores = runCores(plan, world.env.PATH ?? '');
    const header: HeaderRow = {
      kind: 'header',
      schemaVersion: journalSchemaVersion,
      id,
      createdAt: world.now().toISOString(),
      tool,
      plan: redacted(plan),
      origin: origin === null ? null : storedOrigin(origin, plan, world.env, id),
      machine,
      fingerprints: fingerprintsOf(prepared),
      warnings: cores.warnings,
    };
    becomeWriter(folder);
    const journal = openJournal(journalFile(folder));
    journal.write(header);
    const about = { header, stored: [], journal, plan, prepared, mark: id, folder, cores };
    return await measureRun({ ...about, cwd: world.cwd, conceal, tell }, world);
  } catch (error) {
    throw concealedError(error, conceal);
  } finally {
    watchdog.release();
  }
}

/** Installs what the arms need, and asks each what it is. @param mark that the processes carry which do it. */
export async function prepareArms(
  plan: Plan,
  mark: string,
  say: (line: string) => void,
  world: World,
): Promise<PreparedArms> {
  const names = new Set(
    plan.cells.flatMap(({ arms }) =>
      [arms.baseline, arms.candidate].map((a) => runtimeName(a.client.runtime)),
    ),
  );
  say(`preparing ${[...names].join(', ')}`);
  const prepared = await prepareSubjects(
    plan,
    {
      cache: cacheFolder(world.env),
      npm: npmFor(world.env, mark),
      platform: process.platform,
      arch: process.arch,
      searchPath: world.env.PATH ?? '',
      unique: `${process.pid}.part`,
      progress: say,
    },
    (settings) => measuredEnvironment(world.env, mark, withValues(settings, world.env).client.env),
  );
  refuseWhatEnginesCannot(plan, ({ id }, role) => {
    const arm = prepared[id]?.[role];
    const program = arm?.program.release?.version ?? null;
    return { runtime: arm?.fingerprint.node ?? '0', program };
  });
  return prepared;
}
