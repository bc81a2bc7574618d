import path from 'node:path';
import { elapsedMsOf } from '../campaign/replay.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { BenchFailure } from '../model/failure.ts';
import type { HeaderRow } from '../model/journal.ts';
import { startWatchdog } from '../process/watchdog.ts';
import { fingerprintChange, machineChange } from '../store/changes.ts';
import { concealedError, concealing } from '../store/conceal.ts';
import { continueJournal, readJournal } from '../store/journal.ts';
import { readRun } from '../store/run-journals.ts';
import { findRun, journalFile } from '../store/runs.ts';
import { becomeWriter } from '../store/writers.ts';
import { buildFolders } from '../subject/build-folders.ts';
import { cacheFolder } from '../subject/cache.ts';
import { fingerprintsOf } from '../subject/prepare.ts';
import { uncommittedCode } from '../subject/target-files.ts';
import { locateTargets } from './endpoints.ts';
import { type RunOutput, measureRun, type RunOutcome } from './measure-run.ts';
import { type Crews, gatherCrews, refuseStrangers } from './crews.ts';
import { demandResumable, samePlan } from './resumable.ts';
import { type RunCores, runCores } from './run-cores.ts';
import { prepareArms } from './prepare-arms.ts';
import { runTrust } from './run-trust.ts';
import type { World } from './world.ts';

/**
 * Continues a run of which something is left, to what it would have been: the same launches in the same order, with the
 * same random draws. What was measured stays.
 * @throws BenchFailure where the plan, the machine or what an arm runs on is another than before.
 */
export async function resumeRun(
  name: string,
  { out, tell, allowRemote, profile }: RunOutput,
  world: World,
): Promise<RunOutcome> {
  const folder = path.resolve(world.cwd, findRun(path.resolve(world.cwd, out), name));
  const file = journalFile(folder);
  demandResumable(readJournal(file));
  const writer = becomeWriter(folder);
  // Another process may have completed it in between.
  const run = readRun(folder);
  const stored = run.journal;
  const origin = demandResumable(stored);
  const { header, rows } = stored;
  const plan = await samePlan(run, origin, world.env);
  refuseStrangers(plan, allowRemote);
  const conceal = concealing(plan, world.env);
  const cores = runCores(plan, world.env.PATH ?? '');
  refuseOtherMachine(header, cores);

  const say = (text: string): void => tell({ kind: 'note', text });
  // The watchdog of the process before may still be killing what carries that one's mark.
  const mark = `${header.id}.${writer}`;
  const watchdog = await startWatchdog(mark);
  const folders = buildFolders(cacheFolder(world.env));
  let crews: Crews | null = null;
  try {
    const then: World = { ...world, cwd: origin.cwd };
    const endpoints = await locateTargets(plan, allowRemote, world);
    const about = {
      plan,
      mark,
      root: path.dirname(folder),
      id: path.basename(folder),
      folders,
      say,
    };
    const prepared = await prepareArms(about, then);
    const trust = await runTrust(plan, folder);
    crews = await gatherCrews({ plan, prepared, trust, mark }, then);
    refuse(header, fingerprintChange(header.fingerprints, fingerprintsOf(crews.prepared)));
    const elapsedMs = elapsedMsOf(rows);
    const journal = continueJournal(file, stored);
    journal.write({ kind: 'resume', at: world.now().toISOString(), elapsedMs });
    say(`run ${header.id} goes on after ${Math.round(elapsedMs / 1000)} s`);
    const left = { header, stored: rows, journal, plan, crews, trust, mark, folder, cores };
    return await measureRun({ ...left, endpoints, cwd: origin.cwd, conceal, tell, profile }, world);
  } catch (error) {
    throw concealedError(error, conceal);
  } finally {
    await crews?.stop();
    await folders.remove();
    watchdog.release();
  }
}

function refuseOtherMachine(header: HeaderRow, cores: RunCores): void {
  const codes = ({ warnings }: Pick<RunCores, 'warnings'>): string =>
    warnings
      .map(({ code }) => code)
      .filter((code) => code !== uncommittedCode)
      .join(', ') || 'none';
  const [before, now] = [codes(header), codes(cores)];
  const changed = machineChange(header.machine, fingerprintMachine());
  refuse(
    header,
    changed ?? (before === now ? null : `the machine's warnings were ${before} and are ${now}`),
  );
}

function refuse({ id }: HeaderRow, changed: string | null): void {
  if (changed === null) return;
  throw new BenchFailure(
    'configuration',
    `--resume: ${changed}, so run ${id} would compare unlike launches. Restore it, or begin a new run.`,
  );
}
