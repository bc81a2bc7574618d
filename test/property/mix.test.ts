import fc from 'fast-check';
import { expect, test } from 'vitest';
import { greatestCommonDivisor, mixOf } from '../../src/worker/mix.ts';

const weights = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

test('any stretch as long as the mix holds each request as often as its weight says', () => {
  fc.assert(
    fc.property(weights, fc.nat(), (given, from) => {
      const mix = mixOf(given);
      const divisor = given.reduce(greatestCommonDivisor, 0);
      const start = from % mix.length;
      const stretch = [...mix, ...mix].slice(start, start + mix.length);
      const counts = given.map((_, request) => stretch.filter((one) => one === request).length);
      expect(counts).toEqual(given.map((weight) => weight / divisor));
    }),
  );
});

test('no request is ever one ahead of its share', () => {
  fc.assert(
    fc.property(weights, (given) => {
      const total = given.reduce((sum, weight) => sum + weight, 0);
      const sent = given.map(() => 0);
      mixOf(given).forEach((request, turn) => {
        sent[request] = (sent[request] ?? 0) + 1;
        const share = ((turn + 1) * (given[request] ?? 0)) / total;
        expect((sent[request] ?? 0) - share).toBeLessThan(1);
      });
    }),
  );
});
