import { type Load, usersOf } from '../model/settings.ts';

export type PacedLoad = Exclude<Load, { model: 'closed' }>;

export const windowWarmUpMs = 300;
/** Connections are opened, and what had been late is no more. */
const leastRampMs = 200;

/** After two periods all users have sent and waited once, and who cannot keep the pace is late from then on. */
export const rampMsOf = (load: PacedLoad): number =>
  Math.round(Math.max(leastRampMs, load.model === 'constant-throughput' ? 2000 / load.perUser : 0));

/** Requests per second that a load wants to send. */
export const intendedRateOf = (load: PacedLoad): number =>
  load.model === 'open' ? load.rate : usersOf(load) * load.perUser;
