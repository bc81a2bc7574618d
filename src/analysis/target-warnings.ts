import type { MetricName } from '../model/metrics.ts';
import { type Cell, roles } from '../model/plan.ts';
import { targetName } from '../model/names.ts';
import type { Warning } from '../model/warning.ts';
import type { JudgedCell } from './judge-matrix.ts';

export const gates = ({ metrics }: Pick<JudgedCell, 'metrics'>, name: MetricName): boolean =>
  metrics.some(({ metric, gating }) => gating && metric === name);

const runsAlready = ({ arms }: Cell): boolean =>
  roles.some((role) => arms[role].target.kind === 'url');

/** Said where something else gates in its place. */
export function unknownTargetCpu(judged: JudgedCell): Warning | null {
  const { targetMetric, primary, cell } = judged.findings;
  const gating = targetMetric === 'rps' ? primary === 'rps' : gates(judged, 'latencyMean');
  if (targetMetric === 'targetCpuPerRequest' || !gating) return null;
  return {
    code: 'target-cpu-unknown',
    message:
      targetMetric === 'latencyMean'
        ? 'the CPU of the target could not be read; its latency stands in for it'
        : 'neither the CPU of the target nor its latency could be read; requests per second stand in for them',
    next: runsAlready(cell)
      ? 'Let bench start the server (target.start), so that its CPU gates.'
      : 'Measure on Linux, where the kernel tells the CPU of every process.',
  };
}

/** A launch has fresh processes, so that what is peculiar to one of them counts as scatter; servers that run already are no such. */
export function sameServers(cell: Cell): Warning | null {
  const { baseline, candidate } = cell.arms;
  if (!runsAlready(cell) || targetName(baseline.target) === targetName(candidate.target))
    return null;
  return {
    code: 'same-servers',
    message:
      'the servers ran already and were the same in every launch: what is peculiar to these processes is in the difference',
    next: 'Restart both and compare again before you act on it, or let bench start them (target.start).',
  };
}
