import path from 'node:path';
import { declaredVersions, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { type HeaderRow, journalSchemaVersion } from '../model/journal.ts';
import { startWatchdog } from '../process/watchdog.ts';
import { concealedError, concealing } from '../store/conceal.ts';
import { openJournal } from '../store/journal.ts';
import { storedOrigin } from '../store/origin.ts';
import { redacted } from '../store/redact.ts';
import { keepBaseline } from '../store/run-journals.ts';
import { createRunFolder, journalFile } from '../store/runs.ts';
import { becomeWriter } from '../store/writers.ts';
import { buildFolders } from '../subject/build-folders.ts';
import { cacheFolder } from '../subject/cache.ts';
import { fingerprintsOf } from '../subject/prepare.ts';
import { type Crews, gatherCrews, refuseStrangers } from './crews.ts';
import { locateTargets } from './endpoints.ts';
import { expectations, shownRange } from './last-run.ts';
import { type RunOutput, measureRun, type RunOutcome } from './measure-run.ts';
import { tool } from './package.ts';
import type { Planned } from './planned.ts';
import { prepareArms, targetWarnings } from './prepare-arms.ts';
import { runCores } from './run-cores.ts';
import { runId } from './run-id.ts';
import { runTrust, trustedIn } from './run-trust.ts';
import { shownCost } from './shown-cost.ts';
import type { World } from './world.ts';

/** Prepares, measures and judges a plan, and keeps all of it in a folder of its own below `out`. */
export async function runPlan(
  { plan, origin }: Planned,
  { out, tell, allowRemote }: RunOutput,
  world: World,
): Promise<RunOutcome> {
  refuseWhatEnginesCannot(plan, declaredVersions);
  refuseStrangers(plan, allowRemote);
  const root = path.resolve(world.cwd, out);
  const id = runId(world.now(), plan.seed);
  const say = (text: string): void => tell({ kind: 'note', text });

  const conceal = concealing(plan, world.env);
  const watchdog = await startWatchdog(id);
  const folders = buildFolders(cacheFolder(world.env));
  let crews: Crews | null = null;
  try {
    const endpoints = await locateTargets(plan, allowRemote, world);
    const prepared = await prepareArms({ plan, mark: id, root, id, folders, say }, world);
    const folder = createRunFolder(root, id);
    keepBaseline(plan, root, folder);
    const trust = await runTrust(plan, folder);
    crews = await gatherCrews({ plan, prepared, trust, mark: id }, world);
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
      fingerprints: fingerprintsOf(crews.prepared),
      trusted: trustedIn(plan, trust),
      warnings: [...cores.warnings, ...targetWarnings(crews.prepared)],
    };
    becomeWriter(folder);
    const journal = openJournal(journalFile(folder));
    journal.write(header);
    const about = { header, stored: [], journal, plan, crews, trust, mark: id, folder, cores };
    return await measureRun({ ...about, endpoints, cwd: world.cwd, conceal, tell }, world);
  } catch (error) {
    throw concealedError(error, conceal);
  } finally {
    await crews?.stop();
    await folders.remove();
    watchdog.release();
  }
}
