/** Figures as the page and the tables write them. */

/** A share in per cent, without more digits than it needs: `3.3`, `72`, `100`. */
export function percent(share) {
  if (share === null || Number.isNaN(share)) return '–';
  const points = 100 * share;
  const digits = points !== 0 && Math.abs(points) < 10 ? 1 : 0;
  return points.toFixed(digits).replace('-', '−');
}

/** `3.3 (1.6–9.8)` */
export const withInterval = ({ share, low, high }) =>
  Number.isNaN(share) || share === null
    ? '–'
    : `${percent(share)} (${percent(low)}–${percent(high)})`;

/** The smallest effect, which may lie beyond all that were tried. */
export const effect = (of) =>
  of === null || of === Number.POSITIVE_INFINITY
    ? '> 50'
    : (100 * of).toFixed(of > 0 && of < 0.1 ? 1 : 0);

/** Its interval is not known where there are too few stretches of launches. */
export const effectWithInterval = ({ effect: of, low, high }) =>
  of === null || low === null ? effect(of) : `${effect(of)} (${effect(low)}–${effect(high)})`;

/** A signed change in per cent. */
export const change = (of) => `${of < 0 ? '−' : '+'}${(100 * Math.abs(of)).toFixed(2)}`;

export const number = (of, digits) =>
  of === null || Number.isNaN(of) ? '–' : of.toFixed(digits).replace('-', '−');

export const collected = { interleaved: 'interleaved', 'in-sequence': 'in sequence' };
