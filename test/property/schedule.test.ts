import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundOf } from '../../src/campaign/schedule.ts';
import { type Cell, combinationOf, type Plan } from '../../src/model/plan.ts';
import { randomFrom, shuffled } from '../../src/stats/random.ts';
import { plan } from '../fixtures/matrix/planned.ts';

/** So many candidates in so many combinations of the other axes. */
const planned = (candidates: number, combinations: number, seed: number): Plan => {
  const names = Array.from({ length: candidates }, (_, i) => `c${i}`);
  const variants = Array.from({ length: combinations }, (_, i) => `k${i}: {}`);
  return plan(
    `axes: {version: {b: {}, ${names.map((name) => `${name}: {}`).join(', ')}}, other: {${variants.join(', ')}}}`,
    { baseline: 'b', candidate: names.join(','), seed },
  );
};

const shape = fc.record({
  candidates: fc.integer({ min: 2, max: 7 }),
  combinations: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  /** Which stretch of rounds. */
  stretch: fc.nat({ max: 6 }),
});

const cellsIn = (of: Plan, round: number, cells: readonly Cell[]): readonly Cell[] =>
  roundOf(of, round, cells).map(({ cell }) => cell);

/** Names of the candidates of each combination, in the order of their launches. */
function turnsIn(of: Plan, round: number, cells: readonly Cell[] = of.cells): string[][] {
  const turns = new Map(cells.map((cell) => [combinationOf(cell, of.compare), [] as string[]]));
  for (const cell of cellsIn(of, round, cells))
    turns.get(combinationOf(cell, of.compare))?.push(cell.candidate);
  return [...turns.values()];
}

const tally = (names: readonly (string | undefined)[], candidates: readonly string[]): number[] =>
  candidates.map((name) => names.filter((other) => other === name).length);

test('a round has one launch of every cell', () => {
  fc.assert(
    fc.property(shape, ({ candidates, combinations, seed, stretch }) => {
      const of = planned(candidates, combinations, seed);
      const kept = of.cells.filter((_, i) => (seed + i) % 3 > 0);
      for (const cells of [of.cells, kept])
        expect(new Set(cellsIn(of, stretch, cells))).toEqual(new Set(cells));
    }),
  );
});

test('in as many rounds as there are candidates each has every place of a combination once', () => {
  fc.assert(
    fc.property(shape, ({ candidates, combinations, seed, stretch }) => {
      const of = planned(candidates, combinations, seed);
      const rounds = of.compare.candidates.map((_, i) => turnsIn(of, stretch * candidates + i));
      for (let combination = 0; combination < combinations; combination += 1)
        for (let place = 0; place < candidates; place += 1)
          expect(
            tally(
              rounds.map((turns) => turns[combination]?.[place]),
              of.compare.candidates,
            ),
          ).toEqual(of.compare.candidates.map(() => 1));
    }),
  );
});

test('in twice as many rounds each goes before each other equally often', () => {
  fc.assert(
    fc.property(shape, ({ candidates, combinations, seed, stretch }) => {
      const of = planned(candidates, combinations, seed);
      const rounds = Array.from({ length: 2 * candidates }, (_, i) =>
        turnsIn(of, 2 * stretch * candidates + i),
      );
      for (let combination = 0; combination < combinations; combination += 1)
        for (const a of of.compare.candidates)
          for (const b of of.compare.candidates.filter((name) => name !== a)) {
            const before = rounds.filter((turns) => {
              const order = turns[combination] ?? [];
              return order.indexOf(a) < order.indexOf(b);
            });
            expect(before).toHaveLength(candidates);
          }
    }),
  );
});

test('within a round each is the first of as many combinations as any other, but for one', () => {
  fc.assert(
    fc.property(shape, ({ candidates, combinations, seed, stretch }) => {
      const of = planned(candidates, combinations, seed);
      const firsts = tally(
        turnsIn(of, stretch).map(([first]) => first),
        of.compare.candidates,
      );
      expect(Math.max(...firsts) - Math.min(...firsts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('those that are left when others are decided take turns too', () => {
  fc.assert(
    fc.property(shape, ({ candidates, combinations, seed, stretch }) => {
      const of = planned(candidates + 1, combinations, seed);
      const [gone] = of.compare.candidates;
      const left = of.cells.filter(({ candidate }) => candidate !== gone);
      const rounds = Array.from({ length: candidates }, (_, i) =>
        turnsIn(of, stretch * candidates + i, left),
      );
      const names = of.compare.candidates.slice(1);
      for (let combination = 0; combination < combinations; combination += 1)
        expect(
          tally(
            rounds.map((turns) => turns[combination]?.[0]),
            names,
          ),
        ).toEqual(names.map(() => 1));
    }),
  );
});

test('the order is drawn: seeds differ, and the first of a stretch is no candidate in particular', () => {
  const firstOf = (seed: number): string | undefined => turnsIn(planned(3, 1, seed), 0)[0]?.[0];
  const firsts = Array.from({ length: 300 }, (_, seed) => firstOf(seed));
  for (const count of tally(firsts, ['c0', 'c1', 'c2'])) expect(count).toBeGreaterThan(60);
  expect(firsts).toEqual(Array.from({ length: 300 }, (_, seed) => firstOf(seed)));
});

test('one candidate is shuffled as ever', () => {
  const text = `axes: {version: {b: {}, c: {}}, other: {${'abcdef'.split('').map((k) => `${k}: {}`)}}}`;
  const of = plan(text, { baseline: 'b', candidate: 'c', seed: 7 });
  for (let round = 0; round < 12; round += 1)
    expect(cellsIn(of, round, of.cells)).toEqual(
      shuffled(of.cells, randomFrom(of.seed, 'round', round)),
    );
});
