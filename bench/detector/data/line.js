/**
 * One line of data: a launch, or a pair of arms that were measured one after the other. Written by `collect.js` and
 * `in-sequence.js`, read by `launches.js`.
 *
 *     run, journal   the run's id and the start of the SHA-256 of its journal
 *     cell, launch, round, startedMs, endedMs      as in the journal; ms since the first launch of the run
 *     order          'interleaved' or 'in-sequence'
 *     totals         of arm a (baseline) and arm b: [requests, client CPU, target CPU, wall], µs, exact
 *     slices         in the order in which they ran. Interleaved, four are a block:
 *         arms       'abbabaab…'
 *         requests   of each slice; one number where all are alike
 *         client, target, wall   in steps of `stepUs` µs
 */

/**
 * Slices scatter by some hundred µs around 10 ms, so this rounding (a standard deviation of 5 µs) is 1/1000 of
 * their variance; it halves the file. Totals are not rounded.
 */
const stepUs = 16;

/** What a slice spent: `[requests, client CPU, target CPU, wall]`. */
const spentBy = ({ requests, clientCpuUs, targetCpuUs, wallUs }) => [
  requests,
  clientCpuUs,
  targetCpuUs,
  wallUs,
];

/**
 * @param slices in their order: `{ role, requests, clientCpuUs, targetCpuUs, wallUs }`
 * @param withSlices false keeps the totals only.
 */
export function lineOf(about, slices, withSlices = true) {
  const totalOf = (role) =>
    slices
      .filter((slice) => slice.role === role)
      .map(spentBy)
      .reduce((sums, spent) => sums.map((sum, i) => sum + spent[i]), [0, 0, 0, 0])
      .map(Math.round);
  const totals = [totalOf('baseline'), totalOf('candidate')];
  if (!withSlices) return { ...about, totals };
  const steps = (of) => slices.map((slice) => Math.round(of(slice) / stepUs));
  const requests = slices.map((slice) => slice.requests);
  return {
    ...about,
    totals,
    slices: {
      stepUs,
      arms: slices.map(({ role }) => (role === 'baseline' ? 'a' : 'b')).join(''),
      requests: requests.every((of) => of === requests[0]) ? requests[0] : requests,
      client: steps((slice) => slice.clientCpuUs),
      target: steps((slice) => slice.targetCpuUs),
      wall: steps((slice) => slice.wallUs),
    },
  };
}

/** @returns the slices of a line, each `{ arm: 'a' | 'b', spent: [requests, client CPU, target CPU, wall] }`; null without. */
export function slicesOf({ slices }) {
  if (slices === undefined) return null;
  const { arms, requests, client, target, wall } = slices;
  return [...arms].map((arm, i) => ({
    arm,
    spent: [
      Array.isArray(requests) ? requests[i] : requests,
      ...[client[i], target[i], wall[i]].map((steps) => steps * slices.stepUs),
    ],
  }));
}
