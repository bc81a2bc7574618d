import { roles } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import type { MeasuredLaunch } from './launches.ts';

/** The speed of a shared machine wanders within seconds. */
const longestMs = 1_000;

/** Slices that must hold every request of a long scenario, and take so long that speed wanders within them. */
export function longSlices(launches: readonly MeasuredLaunch[], requests: number): Warning | null {
  if (requests === 1) return null;
  const slices = launches.flatMap(({ opened, slices: rows }) =>
    opened.work.kind === 'requests' ? rows : [],
  );
  const means = roles.map((role) => {
    const own = slices.filter((row) => row.role === role);
    return own.reduce((sum, { wallUs }) => sum + wallUs, 0) / Math.max(1, own.length) / 1000;
  });
  const ms = Math.max(...means);
  if (ms <= longestMs) return null;
  return {
    code: 'long-slices',
    message: `a slice holds all ${requests} requests for each connection and takes ${(ms / 1000).toFixed(1)} s`,
    next: 'Use fewer connections or a shorter sequence, so that speed has less time to wander.',
  };
}
