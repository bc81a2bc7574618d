import { type Unit, type UnitKind, unitKinds } from '../../model/causes.ts';
import type { Settings } from '../../model/settings.ts';
import type { ArmTotals } from '../arm-totals.ts';

/** How many of a unit an arm had for each request. */
export interface CountedUnit {
  readonly unit: Unit;
  readonly perRequest: number;
}

const versions = ['1.2', '1.3'] as const;
const ofTls: readonly UnitKind[] = [
  'tlsRequest',
  'tlsKilobyte',
  'handshakeFull',
  'handshakeResumed',
];

/** All that can have a price, in the order in which merged units are named: a handshake comes with a connection, not the other way round. */
export const allUnits: readonly Unit[] = unitKinds.flatMap((kind): Unit[] =>
  ofTls.includes(kind) ? versions.map((tls) => ({ kind, tls })) : [{ kind, tls: null }],
);

export const sameUnit = (a: Unit, b: Unit): boolean => a.kind === b.kind && a.tls === b.tls;

/**
 * What one launch of an arm did, by the counts of the side whose CPU is explained; null where that side does not count.
 * TLS is counted on top of what the same request or byte takes without it, and by its version.
 *
 * @param certificates that each TLS context of the client loads; null where nobody kept it: then they are in the price of the context.
 */
export function countedUnits(
  arm: ArmTotals,
  settings: Settings,
  side: 'client' | 'target',
  certificates: number | null,
): readonly CountedUnit[] | null {
  // A program that does not count opens what its target accepts, but how many contexts it builds only its contract tells.
  const counts = side === 'client' ? (arm.client ?? arm.target) : arm.target;
  if (counts === null || arm.requests === 0) return null;
  const { tls, context } = settings.connection;
  const kilobytes = (counts.bytesIn + counts.bytesOut) / 1000;
  const isUncounted = arm.client === null && context === 'per-connection';
  const contexts = side === 'target' ? 0 : isUncounted ? counts.connections : counts.contexts;
  const totals: Readonly<Record<UnitKind, number>> = {
    request: arm.requests,
    tlsRequest: arm.requests,
    kilobyte: kilobytes,
    tlsKilobyte: kilobytes,
    connection: counts.connections,
    handshakeFull: counts.handshakesFull,
    handshakeResumed: counts.handshakesResumed,
    context: contexts,
    certificate: contexts * (certificates ?? 0),
    lookup: side === 'target' ? 0 : counts.lookups,
  };
  return allUnits
    .filter((unit) => unit.tls === null || unit.tls === tls)
    .map((unit) => ({ unit, perRequest: totals[unit.kind] / arm.requests }))
    .filter(({ perRequest }) => perRequest > 0);
}
