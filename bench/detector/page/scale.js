/** Places values on a line of pixels. */

/** @returns {(value: number) => number} */
export const linear =
  ([from, to], [start, end]) =>
  (value) =>
    start + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (end - start);

/** Linear in a warped value: a logarithm, or what spreads small effects. */
export const warped = (warp, [from, to], pixels) => {
  const at = linear([warp(from), warp(to)], pixels);
  return (value) => at(warp(value));
};

/** Effects from 0 to 10 %: linear up to about 1 %, logarithmic beyond. */
export const spread = (effect) => Math.asinh(effect / 0.01);

/** Round numbers from 0 up, at most `most` of them. */
export function ticksUpTo(highest, most) {
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300].find((size) => highest / size <= most) ?? 600;
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
}

/** Moves heights that are closer than `gap` apart, keeping their order; for labels at the ends of lines. */
export function apart(heights, gap, [top, bottom]) {
  const order = heights.map((_, i) => i).sort((i, j) => heights[i] - heights[j]);
  const placed = [...heights];
  let least = top;
  for (const i of order) {
    placed[i] = Math.max(placed[i], least);
    least = placed[i] + gap;
  }
  let most = bottom;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i], most);
    most = placed[i] - gap;
  }
  return placed;
}
