import { proveContract } from '../measure/contract-launch.ts';
import { type Cell, roles } from '../model/plan.ts';
import { ChildFailure } from '../process/child.ts';
import { failureOf } from './failure.ts';
import { repeated } from './repeated.ts';
import { contractLaunch, type Replay } from './replay.ts';
import type { CampaignWorld } from './run.ts';

type ContractWorld = Pick<CampaignWorld, 'armOf' | 'network' | 'aborted' | 'write'>;

/**
 * Counts once per cell what its targets cannot count themselves. A contract launch is repeated while it fails, as one that is
 * measured is; a cell in which it keeps failing is given up.
 * @returns the cells that may be measured.
 */
export async function cellsWithContracts(
  cells: readonly Cell[],
  replay: Replay,
  world: ContractWorld,
): Promise<readonly Cell[]> {
  const fit: Cell[] = [];
  for (const cell of cells) {
    if (countsItself(cell) || replay.hasContract(cell)) fit.push(cell);
    else if (!replay.isGivenUp(cell)) {
      const tried = async () => ({ launch: contractLaunch, failure: await whyNot(cell, world) });
      const failed = await repeated(cell.id, replay.failedContracts(cell), tried, world.write);
      if (failed !== null) fit.push(cell);
    }
  }
  return fit;
}

const countsItself = ({ arms }: Cell): boolean =>
  roles.every((role) => arms[role].target.kind === 'builtin');

/** What went wrong, or null. What the counts prove is a question for the report. */
async function whyNot(cell: Cell, { armOf, network, aborted, write }: ContractWorld) {
  aborted();
  const meter = network();
  try {
    write(await proveContract({ cell, aborted, armOf: (role) => armOf(cell, role, role) }));
    return null;
  } catch (error) {
    aborted();
    if (error instanceof ChildFailure) return failureOf(error, meter);
    throw error;
  } finally {
    meter.close();
  }
}
