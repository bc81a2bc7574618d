import { type Disturbance, type DisturbanceReport, disturbances } from '../model/disturbance.ts';
import type { Warning } from '../model/warning.ts';
import {
  addTime,
  disturbedTime,
  eachKind,
  isCounted,
  nothingTaken,
  shareOf,
} from './disturbance.ts';
import type { MeasuredLaunch } from './launches.ts';
import { rejectedBlocks } from './rejection.ts';

/** Of a block's time on our cores: 1–3 % while nobody else runs (docs/decisions/004-rejecting-blocks.md). */
const little = 0.1;
/** More disturbed blocks than this are worth a warning. */
const tolerable = 0.1;

/** How much others disturbed the launches of a cell, and what was left out for it. */
export function disturbanceOf(launches: readonly MeasuredLaunch[]): DisturbanceReport {
  const blocks = launches.flatMap((launch) => [...disturbedTime(launch).values()]);
  const total = blocks.reduce(addTime, nothingTaken);
  const share = (kind: Disturbance): number | null =>
    launches.some((launch) => isCounted(launch, kind)) ? shareOf(total, kind) : null;
  const rejected = launches.flatMap((launch) =>
    rejectedBlocks(launch).map(({ block, by }) => ({ launch, block, by })),
  );
  const slices = (role: 'baseline' | 'candidate'): number =>
    rejected.reduce(
      (sum, { launch, block }) =>
        sum +
        launch.slices.filter((s) => s.block === block && s.role === role && s.worker === 0).length,
      0,
    );
  return {
    blocks: blocks.length,
    disturbed: blocks.filter((block) => disturbances.some((kind) => shareOf(block, kind) > little))
      .length,
    shares: {
      waited: share('waited'),
      stolen: share('stolen'),
      throttled: share('throttled'),
    },
    rejected: eachKind((kind) => rejected.filter(({ by }) => by === kind).length),
    rejectedSlices: { baseline: slices('baseline'), candidate: slices('candidate') },
  };
}

const words: Readonly<Record<Disturbance, { readonly did: string; readonly next: string }>> = {
  waited: {
    did: 'other programs had our cores for',
    next: 'Stop them (`top` tells which), or measure where nothing else runs: the verdicts stand, but take more launches.',
  },
  stolen: {
    did: 'the host gave our cores to other machines for',
    next: 'Try another hour or another machine: the verdicts stand, but take more launches.',
  },
  throttled: {
    did: 'a CPU quota stopped us for',
    next: 'Give the container whole cores (cpuset) in place of a quota.',
  },
};

/** Names what disturbed most. */
export function disturbedWarning(found: DisturbanceReport): Warning | null {
  const { blocks, disturbed, shares, rejected } = found;
  if (disturbed <= tolerable * blocks && rejected.throttled === 0) return null;
  const size = (kind: Disturbance): number => shares[kind] ?? 0;
  const worst = disturbances.reduce((a, b) => (size(b) > size(a) ? b : a));
  const { did, next } = words[worst];
  return {
    code: 'disturbed',
    message: `${did} ${percent(size(worst))} of the time, and disturbed ${percent(disturbed / blocks)} of the blocks`,
    next,
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
