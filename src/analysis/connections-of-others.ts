import { type ByRole, type Cell, roles } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import type { ArmTotals } from './arm-totals.ts';
import type { MeasuredLaunch } from './launches.ts';
import { totalOf } from './network.ts';

/** Fewer a second are a cron job or a shell, and share of ours below which they do not matter. */
const tolerable = { aSecond: 50, share: 0.2 };

/**
 * The kernel counts everybody's connections, clients their own: what is left over is somebody else's. Only asked where our
 * workers send to the built-in target, which opens none: a server of the user's may well open connections to others.
 */
export function connectionsOfOthers(
  { arms }: Cell,
  launches: readonly MeasuredLaunch[],
  totals: readonly ByRole<ArmTotals>[],
): Warning | null {
  if (roles.some((role) => arms[role].target.kind !== 'builtin')) return null;
  let [all, own, ms] = [0, 0, 0];
  for (const [index, { network }] of launches.entries()) {
    for (const role of roles) {
      const [row, arm] = [network[role], totals[index]?.[role]];
      if (row === null || arm?.client == null) continue;
      const { opened, ms: span } = totalOf(row);
      all += opened ?? 0;
      // A connection that failed is counted by the kernel, and by the client as the error of its request.
      own += arm.client.connections + arm.errors;
      ms += span;
    }
  }
  const aSecond = (1000 * (all - own)) / ms;
  if (!(aSecond > tolerable.aSecond) || all - own <= tolerable.share * own) return null;
  return {
    code: 'connections-of-others',
    message: `the kernel counted ${all} new connections where our clients opened ${own}: other programs here open ${Math.round(aSecond)} a second`,
    next: 'Stop them (`ss -tnp` tells which), or run bench in a network of its own (`unshare --net`): they share ports, queues and the CPU of the kernel with what is measured.',
  };
}
