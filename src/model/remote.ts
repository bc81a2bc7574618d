import type { ClientSettings, Load } from './settings.ts';

/** Started by others, on other machines. */
export interface RemoteWorkers {
  /** IPv4 address of this machine that the workers reach: masters and targets listen on it. */
  readonly listen: string;
  /** For how long they are waited for. */
  readonly withinMs: number;
  /** For /bin/sh: restarts them all, before each launch; null where they stay for the whole run. */
  readonly restart: string | null;
}

/** What is paced needs a window; and what workers on other machines are told takes longer than a slice of requests. */
export const isInWindows = ({ model }: Load, { remote }: Pick<ClientSettings, 'remote'>): boolean =>
  model !== 'closed' || remote !== null;
