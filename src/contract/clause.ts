import type { Clause } from '../model/report.ts';
import type { Evidence } from './evidence.ts';

/** A clause that somebody counted. */
export const counted = (
  name: string,
  holds: boolean,
  expected: string,
  observed: string,
): Clause => ({ clause: name, state: holds ? 'proven' : 'broken', expected, observed });

/** Why a count of the other end is missing. */
export const uncounted = (witness: Evidence['witness']): string =>
  witness === 'target' ? 'the target does not count' : 'the relay cannot read them';
