import { engines } from '../engine/engines.ts';
import { BenchFailure } from '../model/failure.ts';
import { type Cell, type Plan, type Role, roles } from '../model/plan.ts';

/** @throws BenchFailure when an engine cannot honour a setting of some arm. Before anything runs. */
export function refuseWhatEnginesCannot(
  plan: Plan,
  versionOf: (cell: Cell, role: Role) => string,
): void {
  for (const cell of plan.cells) {
    for (const role of roles) {
      const settings = cell.arms[role];
      const refused = engines[settings.client.engine].refuses(settings, versionOf(cell, role));
      if (refused === null) continue;
      throw new BenchFailure(
        'configuration',
        `${plan.matrix.file}: engine ${settings.client.engine} cannot honour ${refused} in cell ${cell.id}, ${role}. Change the setting, or leave the cell out with \`exclude\` or --only.`,
      );
    }
  }
}

/** What the matrix says of an arm's Node: enough to refuse before anything is installed. */
export const declaredVersion = ({ arms }: Cell, role: Role): string => {
  const { runtime } = arms[role].client;
  return runtime.kind === 'npm' ? runtime.version : process.versions.node;
};
