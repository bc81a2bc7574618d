import type { CorePlan } from '../machine/cores.ts';
import type { Warning } from '../model/warning.ts';

/** What this machine cannot give the run. */
export function runWarnings(cores: CorePlan, canPin: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (!canPin) {
    warnings.push({
      code: 'not-pinned',
      message: 'processes are not pinned to cores (no taskset, or one core only)',
      next: 'Install util-linux and use a machine with two cores or more.',
    });
  }
  if (cores.crowded) {
    warnings.push({
      code: 'crowded',
      message: `${cores.workers.length} workers share fewer cores, so no figure says what one worker carries`,
      next: 'Use fewer workers (--workers), or a machine with more cores.',
    });
  }
  return warnings;
}
