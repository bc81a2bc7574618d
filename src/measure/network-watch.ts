import { descriptorsOf } from '../machine/descriptors.ts';
import type { NetworkMeter } from '../machine/network.ts';
import type { NetworkRow } from '../model/journal.ts';
import { addSpans, eachFigure, type NetworkSeries, type NetworkSpan } from '../model/network.ts';
import { type ByRole, type Role, roles } from '../model/plan.ts';
import type { RunningArm } from './arm.ts';

interface NetworkWatch {
  /** To be called between slices: nothing that was counted before belongs to the next. */
  restart(): void;
  /** A slice of this arm has ended. */
  ran(role: Role): void;
  /** None where Linux is not. */
  rows(): Pick<NetworkRow, 'role' | 'seconds' | 'limits' | 'descriptors'>[];
}

/** @param arms before their first request. */
export function watchNetwork(meter: NetworkMeter, arms: ByRole<RunningArm>): NetworkWatch {
  const slices: Record<Role, NetworkSpan[]> = { baseline: [], candidate: [] };
  const descriptors = {
    baseline: descriptorsOfArm(arms.baseline),
    candidate: descriptorsOfArm(arms.candidate),
  };
  return {
    restart: () => void meter.since(),
    ran: (role) => {
      const slice = meter.since();
      if (slice !== null) slices[role].push(slice);
    },
    rows: () =>
      roles
        .filter((role) => slices[role].length > 0)
        .map((role) => ({
          ...{ role, limits: meter.limits, descriptors: descriptors[role] },
          seconds: seriesOf(inSeconds(slices[role])),
        })),
  };
}

/** Workers are alike: the first stands for all. */
const descriptorsOfArm = ({ client, target }: RunningArm): NetworkRow['descriptors'] => ({
  client: descriptorsOf(client.workers[0]?.pid ?? null),
  target: descriptorsOf(target.pid),
});

const secondMs = 1_000;

/**
 * Slices of one arm, put together to seconds of its own time. A second ends with the slice that fills it; a rest of less than
 * half a second belongs to the last one.
 */
export function inSeconds(slices: readonly NetworkSpan[]): NetworkSpan[] {
  const seconds: NetworkSpan[] = [];
  let rest: NetworkSpan | null = null;
  for (const slice of slices) {
    rest = rest === null ? slice : addSpans(rest, slice);
    if (rest.ms < secondMs) continue;
    seconds.push(rest);
    rest = null;
  }
  if (rest === null) return seconds;
  const last = seconds.at(-1);
  if (last === undefined || rest.ms >= secondMs / 2) return [...seconds, rest];
  return [...seconds.slice(0, -1), addSpans(last, rest)];
}

function seriesOf(seconds: readonly NetworkSpan[]): NetworkSeries {
  const list = (name: keyof NetworkSpan) => seconds.map((second) => second[name]);
  return { ms: seconds.map(({ ms }) => Math.round(ms)), ...eachFigure(list, list) };
}
