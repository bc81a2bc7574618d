import { type Disturbance, type DisturbanceReport, disturbances } from '../model/disturbance.ts';
import { count } from '../model/units.ts';
import { formatShare } from './number.ts';

const did: Readonly<Record<Disturbance, string>> = {
  waited: 'other programs had our cores',
  stolen: 'the host gave them to other machines',
  throttled: 'a quota stopped us',
};

/** As a label. */
export const disturbanceNames: Readonly<Record<Disturbance, string>> = {
  waited: 'other programs on our cores',
  stolen: 'taken by the host',
  throttled: 'stopped by a quota',
};

/** `38 of 420 blocks (9 %); of the time other programs had our cores 7 %, …`: how much of a cell others disturbed. */
export function disturbanceWords({ blocks, disturbed, shares }: DisturbanceReport): string {
  if (disturbances.every((kind) => shares[kind] === null)) return 'not counted on this system';
  const share = `${disturbed} of ${count(blocks, 'block')} (${formatShare(disturbed / blocks)})`;
  const taken = disturbances.map((kind) => {
    const part = shares[kind];
    return `${did[kind]} ${part === null ? '(not counted)' : formatShare(part)}`;
  });
  return `${share}; of the time ${taken.join(', ')}`;
}

/** What rates do without: `12 blocks, 24 slices of each arm, because …`. */
export function rejectionWords({ rejected, rejectedSlices }: DisturbanceReport): string {
  const reasons = disturbances.filter((kind) => rejected[kind] > 0);
  if (reasons.length === 0) return 'no block';
  const { baseline, candidate } = rejectedSlices;
  const slices =
    baseline === candidate
      ? `${baseline} slices of each arm`
      : `${baseline} slices of the baseline and ${candidate} of the candidate`;
  const blocks = count(
    reasons.reduce((sum, kind) => sum + rejected[kind], 0),
    'block',
  );
  return `${blocks}, ${slices}: ${reasons.map((kind) => `${did[kind]} (${rejected[kind]})`).join(', ')}`;
}
