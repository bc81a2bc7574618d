import { isDeepStrictEqual } from 'node:util';
import { declarations } from '../engine/declarations.ts';
import type { Versions } from '../engine/engine.ts';
import { refusedByEngine } from '../engine/refused.ts';
import { BenchFailure } from '../model/failure.ts';
import { type Cell, type Plan, type Role, roles } from '../model/plan.ts';
import { engineName } from '../model/names.ts';
import { isPaused } from '../model/paused.ts';
import { languageOf, type Settings } from '../model/settings.ts';

/** @throws BenchFailure when an engine cannot honour a setting of some arm. Before anything runs. */
export function refuseWhatEnginesCannot(
  plan: Plan,
  versionsOf: (cell: Cell, role: Role) => Versions,
): void {
  for (const cell of plan.cells) {
    refuseMixedRests(plan, cell);
    refuseMixedLoads(plan, cell);
    for (const role of roles) {
      const settings = cell.arms[role];
      refuseOtherScheme(plan, cell, settings);
      const refused = refusedByEngine(settings, versionsOf(cell, role));
      if (refused === null) continue;
      throw new BenchFailure(
        'configuration',
        `${plan.matrix.file}: engine ${settings.client.engine.kind} cannot honour ${refused} in cell ${cell.id}, ${role}. Change the setting, or leave the cell out with \`exclude\` or --only.`,
      );
    }
  }
}

/**
 * One that cooperates is measured by requests, one that is paused by time, and shows no latency; latencies that are not the
 * same thing are not compared. @throws BenchFailure
 */
function refuseMixedRests({ matrix }: Plan, { id, arms }: Cell): void {
  const [baseline, candidate] = [arms.baseline.client.engine, arms.candidate.client.engine];
  const here = roles.filter((role) => arms[role].client.remote === null);
  if (here.length === 1) {
    throw new BenchFailure(
      'configuration',
      `${matrix.file}: cell ${id} compares workers on other machines with workers here. Say client.workers outside the compare axis.`,
    );
  }
  const rest = isPaused(baseline);
  const isSame =
    rest || declarations[baseline.kind].latency === declarations[candidate.kind].latency;
  if (rest === isPaused(candidate) && isSame) return;
  throw new BenchFailure(
    'configuration',
    `${matrix.file}: cell ${id} compares engine ${engineName(baseline)} with ${engineName(candidate)}, which are not measured in the same way. Compare http with undici, or two of wrk, oha, k6 and autocannon, or releases of one of them.`,
  );
}

/** Paced load is one rate for both arms, and closed load is none. @throws BenchFailure */
function refuseMixedLoads({ matrix }: Plan, { id, arms }: Cell): void {
  const [baseline, candidate] = [arms.baseline.scenario.load, arms.candidate.scenario.load];
  const isClosed = baseline.model === 'closed' && candidate.model === 'closed';
  if (isClosed || isDeepStrictEqual(baseline, candidate)) return;
  throw new BenchFailure(
    'configuration',
    `${matrix.file}: the arms of cell ${id} differ in scenario.load, and paced arms are compared at equal load. Say the load outside the compare axis.`,
  );
}

/** What is spoken is said twice: by the URL, and by the mode of the cell. @throws BenchFailure */
function refuseOtherScheme({ matrix }: Plan, { id }: Cell, { target, connection }: Settings): void {
  if (target.kind !== 'url') return;
  const isSecure = /^https:/i.test(target.url);
  if (isSecure === (connection.tls !== 'none')) return;
  const next = isSecure
    ? "set connection.tls to '1.3' or '1.2'"
    : 'name a https:// one, or set connection.tls to none';
  throw new BenchFailure(
    'configuration',
    `${matrix.file}: in cell ${id} target.url is ${target.url} and connection.tls is ${connection.tls}: ${next}, or leave the cell out with \`exclude\` or --only.`,
  );
}

/** What the matrix says of an arm: enough to refuse before anything is installed. */
export const declaredVersions = ({ arms }: Cell, role: Role): Versions => {
  const { runtime, engine } = arms[role].client;
  const isNamed = runtime.kind === 'npm' || runtime.kind === 'python';
  // Which Python is on PATH is not known before it is asked.
  const unnamed = languageOf(engine) === 'python' ? '*' : process.versions.node;
  return {
    runtime: isNamed ? runtime.version : unnamed,
    program: 'version' in engine && engine.version !== 'latest' ? engine.version : null,
  };
};
