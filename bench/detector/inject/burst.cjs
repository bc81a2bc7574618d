// INJECT_US of busy work once in INJECT_EVERY requests, as flushing a log or renewing a cache does.
const { atEachRequest, oneIn } = require('./requests.cjs');
const { spinOf } = require('./spin.cjs');

const spin = spinOf(Number(process.env.INJECT_US));
const isHit = oneIn(Number(process.env.INJECT_EVERY));

atEachRequest(() => {
  if (isHit()) spin();
});
