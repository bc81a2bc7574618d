/**
 * One connection in INJECT_EVERY meets a server that does not know the tickets of the others, as behind a
 * balancer whose servers do not share their keys. It makes a full handshake, and so does the next connection
 * that brings the ticket which it was given.
 */
const tls = require('node:tls');
const { atEachRequest, oneIn } = require('./requests.cjs');

const { createServer } = tls;
tls.createServer = (options, serve) => {
  const server = createServer(options, serve);
  // Each connection is made from the context that the server holds at that moment (lib/_tls_wrap.js); a
  // context of its own has ticket keys of its own.
  const own = server._sharedCreds;
  const stranger = tls.createSecureContext(options);
  const isHit = oneIn(Number(process.env.INJECT_EVERY));
  server.prependListener('connection', () => {
    server._sharedCreds = isHit() ? stranger : own;
  });
  return server;
};
atEachRequest(() => {});
