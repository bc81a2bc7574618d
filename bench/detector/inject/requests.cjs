/**
 * Where a request passes exactly once: a worker writes each request, and the built-in target each answer, in one
 * piece (src/worker/channel.ts, src/target/builtin/connection.ts), by `write`, or by `end` where the answer is the
 * connection's last. TLS changes nothing in that: encrypted bytes leave by the handle, below these two. Whether it
 * holds is counted in every run (truth.js) and in test/e2e/injections.test.ts.
 */
const { Socket } = require('node:net');
const { counted } = require('./counted.cjs');

/** Returned by an injection that sends the message itself, by `send`, now or later. */
const taken = Symbol('taken');
exports.taken = taken;

/** True while `send` runs, and within `end`, whose data some Nodes hand to `write`. */
let passing = false;

function pass(socket, method, args) {
  passing = true;
  try {
    return method.apply(socket, args);
  } finally {
    passing = false;
  }
}

const { write, end } = Socket.prototype;

/** Sends a message as the process itself would have, unseen by the injection. @param by 'write' or 'end' */
exports.send = (socket, by, data) => pass(socket, by === 'end' ? end : write, [data]);

/** @param inject is called as `(socket, by, data)` for each request, before it is sent. */
exports.atEachRequest = (inject) => {
  Socket.prototype.write = function (data, encoding, callback) {
    // stderr is a socket too where it is a pipe.
    if (!passing && !this._isStdio) {
      counted.requests += 1;
      if (inject(this, 'write', data) === taken) return true;
    }
    return write.call(this, data, encoding, callback);
  };
  Socket.prototype.end = function (data, encoding, callback) {
    // Without data it closes the connection, and is no request.
    if (passing || this._isStdio || !(data instanceof Uint8Array)) {
      return end.call(this, data, encoding, callback);
    }
    counted.requests += 1;
    if (inject(this, 'end', data) === taken) return this;
    return pass(this, end, [data, encoding, callback]);
  };
};

/** For an injection into one request in `every`: says whether this is one of them. */
exports.oneIn = (every) => {
  counted.every = every;
  let left = every;
  return () => {
    left -= 1;
    if (left > 0) return false;
    left = every;
    counted.injected += 1;
    return true;
  };
};
