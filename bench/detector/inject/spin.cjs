/**
 * Busy work of a known length. It goes by the monotonic clock, so its length owes nothing to the CPU meters that
 * it is to test, nor to how fast the processor happens to be.
 *
 * The clock is read without a pause. Two readings that are 0.1 ms apart mean that another process had the core:
 * such a gap does not count. Shorter ones do: they are interrupts, which are booked to whom they interrupt. (On a
 * crowded virtual machine, load 4 on 2 cores, getrusage said 1 to 6 % more than is claimed here; were the bound
 * 5 µs or 1 ms, it would be 3 to 9 % more, or up to 16 % less.)
 *
 * What a spin cost is the sum of its gaps, added up where they happen, and the reading that lies half before the
 * first gap and half after the last. That one is measured once, at load: it is some tens of nanoseconds, and a
 * spin may be half a microsecond.
 */
const { performance } = require('node:perf_hooks');
const { beforeWriting } = require('./counted.cjs');

const putAsideMs = 0.1;

/** @param us how long each spin is to last, in all. @returns {() => void} */
exports.spinOf = (us) => {
  const readingMs = costOfReading();
  // Less the reading that no gap shows, and half of the one in which the time runs out.
  const wantedMs = Math.max(0, us / 1000 - 1.5 * readingMs);
  let spins = 0;
  let putAside = 0;
  let sumMs = 0;
  beforeWriting((counted) => {
    const usEach = spins === 0 ? 0 : 1000 * (sumMs / spins + readingMs);
    Object.assign(counted, { usEach, putAside, readingUs: 1000 * readingMs });
  });
  return () => {
    let spunMs = 0;
    let last = performance.now();
    do {
      const now = performance.now();
      if (now - last < putAsideMs) spunMs += now - last;
      else putAside += 1;
      last = now;
    } while (spunMs < wantedMs);
    spins += 1;
    sumMs += spunMs;
  };
};

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
