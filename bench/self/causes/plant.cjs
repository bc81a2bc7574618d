/**
 * PLANT_US of busy work in one unit of a client's work, PLANT_IN: `handshake`, `look-up` or `parse`; or, in `allocation`, as many
 * objects as PLANT_US says, for each request. Must run on Node 16, and finds what it changes from where it lies.
 */
const { spinOf } = require('../../detector/inject/spin.cjs');

const size = Number(process.env.PLANT_US);
const spin = spinOf(size);

const plants = {
  handshake() {
    const tls = require('node:tls');
    const { connect } = tls;
    tls.connect = (...args) => connect(...args).once('secureConnect', spin);
  },
  'look-up'() {
    const { Resolver } = require('node:dns');
    const { resolve4 } = Resolver.prototype;
    Resolver.prototype.resolve4 = function (name, answer) {
      return resolve4.call(this, name, (...args) => {
        spin();
        answer(...args);
      });
    };
  },
  // Each answer comes in one piece.
  parse() {
    const { HTTPParser } = require('http-parser-js');
    const { execute } = HTTPParser.prototype;
    HTTPParser.prototype.execute = function (...args) {
      spin();
      return execute.apply(this, args);
    };
  },
  allocation() {
    const { atEachRequest } = require('../../detector/inject/requests.cjs');
    const alive = [];
    let requests = 0;
    atEachRequest(() => {
      requests += 1;
      alive[requests % 500] = Array.from({ length: size }, (_, i) => ({ i, text: `${i}` }));
    });
  },
};

plants[process.env.PLANT_IN ?? '']?.();
