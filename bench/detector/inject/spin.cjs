/**
 * Busy work of a known length: integer arithmetic in pieces of 20 µs or less, each timed by the monotonic clock. Its length
 * owes nothing to the CPU meters that it is to test. It allocates nothing: a loop that reads the clock all the time, as this
 * once did, makes a number on the heap at each reading, and collecting those cost a tenth more than the loop itself,
 * unseen by any clock in it.
 *
 * A piece that took 0.1 ms longer than it should had another process in it, and is not counted; of such pieces the
 * mean of the others is claimed. Shorter disturbances are interrupts, which are booked to whom they interrupt.
 */
const { performance } = require('node:perf_hooks');
const { beforeWriting } = require('./counted.cjs');

const longestPieceMs = 0.02;
const putAsideMs = 0.1;
/** The processor's speed wanders: how many pieces make up a new estimate of it. */
const perEstimate = 256;

let mixed = 1;
function work(steps) {
  let x = mixed;
  for (let i = 0; i < steps; i += 1) x = (Math.imul(x, 1_103_515_245) + 12_345) | 0;
  mixed = x;
}

/** @param us how long each spin is to last, in all. @returns {() => void} */
exports.spinOf = (us) => {
  const readingMs = costOfReading();
  const pieces = Math.max(1, Math.round(us / 1000 / longestPieceMs));
  const pieceMs = Math.max(0, us / 1000 / pieces - readingMs);
  let steps = stepsFor(pieceMs);
  let kept = 0;
  let keptMs = 0;
  let recent = 0;
  let recentMs = 0;
  let putAside = 0;
  beforeWriting((counted) => {
    const usEach = kept === 0 ? 0 : 1000 * pieces * (keptMs / kept + readingMs);
    Object.assign(counted, { usEach, putAside, readingUs: 1000 * readingMs });
  });
  const piece = () => {
    const start = performance.now();
    work(steps);
    const ms = performance.now() - start;
    if (ms > pieceMs + putAsideMs) {
      putAside += 1;
      return;
    }
    kept += 1;
    keptMs += ms;
    recent += 1;
    recentMs += ms;
    if (recent < perEstimate) return;
    steps = Math.max(1, Math.round((steps * pieceMs * recent) / recentMs));
    recent = 0;
    recentMs = 0;
  };
  return () => {
    for (let i = 0; i < pieces; i += 1) piece();
  };
};

/** Steps that take this long, once the loop is compiled. */
function stepsFor(ms) {
  let steps = 1_000;
  for (let round = 0; round < 50; round += 1) {
    const start = performance.now();
    work(10 * steps);
    const took = (performance.now() - start) / 10;
    steps = Math.max(1, Math.round((steps * ms) / Math.max(took, 1e-6)));
  }
  return steps;
}

/** Of several rounds the cheapest: the first are not compiled yet, others were disturbed. */
function costOfReading() {
  const readings = 5_000;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round += 1) {
    const start = performance.now();
    for (let i = 0; i < readings; i += 1) performance.now();
    least = Math.min(least, (performance.now() - start) / readings);
  }
  return least;
}
