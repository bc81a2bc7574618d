// One answer in INJECT_EVERY says `Connection: close`, and means it: servers with a limit of requests per connection do so.
const { atEachRequest, oneIn, send, taken } = require('./requests.cjs');

const isHit = oneIn(Number(process.env.INJECT_EVERY));

const withClose = (answer) =>
  Buffer.from(answer.toString('latin1').replace('\r\n', '\r\nConnection: close\r\n'), 'latin1');

atEachRequest((socket, _, data) => {
  if (!isHit()) return undefined;
  send(socket, 'end', withClose(data));
  return taken;
});
