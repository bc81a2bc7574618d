import { exhaustion } from '../analysis/exhaustion.ts';
import { strainOfFailure } from '../analysis/strain.ts';
import type { NetworkMeter } from '../machine/network.ts';
import type { VoidRow } from '../model/journal.ts';
import type { ChildFailure } from '../process/child.ts';

/** Why a process failed, in one line: what ran out is named, with what to do about it. */
export function failureOf(
  { message, stderrTail }: ChildFailure,
  meter: NetworkMeter,
): Pick<VoidRow, 'reason' | 'stderrTail' | 'network'> {
  const counted = meter.sinceOpened();
  const ms = Math.round(counted?.ms ?? 0);
  const network = counted === null ? null : { counted: { ...counted, ms }, limits: meter.limits };
  const found = exhaustion([strainOfFailure([message, stderrTail], network)]);
  const named = found.map((warning) => `; ${warning.message}. ${warning.next.replace(/\.$/, '')}`);
  return { reason: `${message}${named.join('')}`, stderrTail, network };
}
