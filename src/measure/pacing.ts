import { type Load, usersOf } from '../model/settings.ts';

export const windowWarmUpMs = 300;
/** Connections are opened, and what had been late is no more. */
const leastRampMs = 200;

/** After two periods all users have sent and waited once, and who cannot keep the pace is late from then on. */
export const rampMsOf = (load: Load): number =>
  Math.round(Math.max(leastRampMs, load.model === 'constant-throughput' ? 2000 / load.perUser : 0));

/** Requests per second that a load wants to send; null where it sends as many as it can. */
export function intendedRateOf(load: Load): number | null {
  switch (load.model) {
    case 'closed':
      return null;
    case 'constant-throughput':
      return usersOf(load) * load.perUser;
    case 'open':
      return load.rate;
  }
}
