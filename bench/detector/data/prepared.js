/** The default A/A matrix ready to be measured outside a campaign: both copies installed, cores and certificates as in a run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { campaignWorld } from '../../../dist/commands/campaign-world.js';
import { assignCores, usableCores } from '../../../dist/machine/cores.js';
import { hasTaskset } from '../../../dist/machine/files.js';
import { measuredEnvironment } from '../../../dist/process/environment.js';
import { cacheFolder } from '../../../dist/subject/cache.js';
import { runFor } from '../../../dist/subject/installer.js';
import { npmFor } from '../../../dist/subject/npm.js';
import { prepareSubjects } from '../../../dist/subject/prepare.js';
import { plan } from '../rules/defaults.js';

/**
 * @param id of the run; every process carries it, and the watchdog knows them by it.
 * @returns {Promise<(cell: object, role: string) => object>} what an arm is started with
 */
export async function preparedArms(id, { aborted }) {
  const { env } = process;
  const install = {
    ...{ cache: cacheFolder(env), npm: npmFor(env, id), platform: process.platform },
    run: runFor(env, id),
    searchPath: env.PATH ?? '',
    ...{ arch: process.arch, unique: `${process.pid}.part`, progress: () => {} },
  };
  const prepared = await prepareSubjects(plan, install, (settings) =>
    measuredEnvironment(env, id, settings.client.env),
  );
  const cores = usableCores();
  const pinned = cores.length > 1 && hasTaskset(env.PATH ?? '') ? cores : [];
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-detector-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const parts = {
    ...{ plan, id, prepared, aborted, folder },
    ...{ cores: assignCores(pinned, 1), write: () => {}, progress: () => {} },
  };
  const { armOf } = await campaignWorld(parts, {
    env,
    cwd: process.cwd(),
    monotonic: () => performance.now(),
  });
  return armOf;
}
