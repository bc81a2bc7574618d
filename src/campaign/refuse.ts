import { engines } from '../engine/engines.ts';
import { BenchFailure } from '../model/failure.ts';
import { type Plan, roles } from '../model/plan.ts';

/** @throws BenchFailure when an engine cannot honour a setting of some arm. Before anything runs. */
export function refuseWhatEnginesCannot(
  plan: Plan,
  versionOf: (cell: string, role: 'baseline' | 'candidate') => string,
): void {
  for (const cell of plan.cells) {
    for (const role of roles) {
      const settings = cell.arms[role];
      const refused = engines[settings.client.engine].refuses(settings, versionOf(cell.id, role));
      if (refused === null) continue;
      throw new BenchFailure(
        'configuration',
        `${plan.matrix.file}: engine ${settings.client.engine} cannot honour ${refused} in cell ${cell.id}, ${role}. Change the setting, or leave the cell out with \`exclude\` or --only.`,
      );
    }
  }
}
