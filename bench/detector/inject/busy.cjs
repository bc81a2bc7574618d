/**
 * INJECT_US of busy work before each request. With INJECT_ONLY=tls only on TLS sockets; with INJECT_WORKER=1 only
 * in the client's worker 1.
 */
const { counted } = require('./counted.cjs');
const { atEachRequest } = require('./requests.cjs');
const { spinOf } = require('./spin.cjs');

const { INJECT_US, INJECT_ONLY, INJECT_WORKER, BENCH_WORKER } = process.env;
const spin = spinOf(Number(INJECT_US));
const onlyTls = INJECT_ONLY === 'tls';
const spared = INJECT_WORKER !== undefined && INJECT_WORKER !== BENCH_WORKER;

atEachRequest((socket) => {
  if (spared || (onlyTls && socket.encrypted !== true)) return;
  counted.injected += 1;
  spin();
});
