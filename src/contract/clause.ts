import type { Clause } from '../model/report.ts';

/** A clause that somebody counted. */
export const counted = (
  name: string,
  holds: boolean,
  expected: string,
  observed: string,
): Clause => ({ clause: name, state: holds ? 'proven' : 'broken', expected, observed });
