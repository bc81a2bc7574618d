import type { Role } from '../model/plan.ts';
import { perConnectionOf, type Settings } from '../model/settings.ts';
import { startArm } from './arm.ts';
import type { ArmPlan } from './arms.ts';
import { calibrate } from './calibrate.ts';
import { grainOf } from './grain.ts';
import { runSlice } from './slice.ts';
import { requestsOf, warmUp } from './warmup.ts';

/** Enough to keep a worker busy, whatever an answer takes. */
const connections = 8;
/** In slices as short as those that are measured. */
const wantedMs = 1_000;

/** @returns requests per second of an arm by itself under closed load, all its workers together. */
export async function measureCapacity(options: {
  readonly start: ArmPlan;
  readonly warmupMs: number;
  readonly now: () => number;
  readonly aborted: () => void;
}): Promise<number> {
  const { start, now } = options;
  const settings = closed(start.settings);
  const stops: (() => Promise<void>)[] = [];
  try {
    const arm = await startArm({
      ...{ ...start, settings, relayed: false },
      started: (stop) => stops.push(stop),
    });
    const { workers, requestTimeoutMs } = settings.client;
    const perConnection = perConnectionOf(settings.connection.reuse);
    const grain = grainOf(settings.scenario, connections, workers, perConnection);
    const slice = (_: Role, requests: number) => {
      options.aborted();
      return runSlice(arm, { kind: 'requests', requests }, { measured: false, requestTimeoutMs });
    };
    // The warm-up takes two arms in turn: here both are this one.
    const both = { arms: { baseline: settings, candidate: settings }, grain, now };
    const { msPerRequest } = await warmUp(slice, { ...both, capMs: options.warmupMs });
    const { requests: each } = calibrate({ grain, msPerRequest, sliceTimeMs: wantedMs });
    let requests = 0;
    let ms = 0;
    while (ms < wantedMs) {
      const done = await slice('baseline', each);
      requests += requestsOf(done);
      ms += done.wallMs;
    }
    return (1000 * requests) / ms;
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
}

const closed = (settings: Settings): Settings => ({
  ...settings,
  scenario: { ...settings.scenario, load: { model: 'closed', connections } },
});
