import dns from 'node:dns';
import type net from 'node:net';
import type { Tally } from './tally.ts';

/** Literal addresses are never looked up; whatever reaches this function is a look-up, and counted. */
export const lookupOf =
  (tally: Tally): net.LookupFunction =>
  (hostname, options, callback) => {
    tally.lookups += 1;
    dns.lookup(hostname, options, callback);
  };
