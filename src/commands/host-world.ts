import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { World } from './world.ts';

/** The world of a real process, which nothing but `streams` writes to. */
export const hostWorld = (
  host: NodeJS.Process,
  streams: Pick<World, 'stdout' | 'stderr'>,
  signal: AbortSignal,
): World => ({
  ...streams,
  env: host.env,
  cwd: host.cwd(),
  stdin: () => text(host.stdin),
  now: () => new Date(),
  monotonic: () => performance.now(),
  freshSeed: () => randomInt(2 ** 31),
  signal,
});
