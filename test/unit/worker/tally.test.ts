import { expect, it } from 'vitest';
import { Tally } from '../../../src/worker/tally.ts';

it('of failed requests the first is kept, unless a later one tells what ran out', () => {
  const tally = new Tally(1);
  const reasons = [
    'the connection was closed before the answer was complete',
    'status 503, expected 200',
    'connect EMFILE 127.0.0.1:8080 - Local (undefined:undefined)',
    'connect EADDRNOTAVAIL 127.0.0.1:8080 - Local (0.0.0.0:0)',
  ];
  const kept = reasons.map((reason) => {
    tally.fail(reason);
    return reasons.indexOf(tally.firstError ?? '');
  });
  expect(kept).toEqual([0, 0, 2, 2]);
  expect(tally.snapshot().errors).toBe(4);
});
