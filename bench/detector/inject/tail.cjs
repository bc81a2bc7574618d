// One answer in INJECT_EVERY leaves INJECT_MS later, without work: other answers pass meanwhile.
const { atEachRequest, oneIn, send, taken } = require('./requests.cjs');

const ms = Number(process.env.INJECT_MS);
const isHit = oneIn(Number(process.env.INJECT_EVERY));

atEachRequest((socket, by, data) => {
  if (!isHit()) return undefined;
  setTimeout(() => {
    if (!socket.destroyed) send(socket, by, data);
  }, ms);
  return taken;
});
