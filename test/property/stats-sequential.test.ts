import { describe, expect, it } from 'vitest';
import { equivalenceP } from '../../src/stats/equivalence.ts';
import { levelsOf, spentBy } from '../../src/stats/group-sequential.ts';
import { meanInterval, oneSampleT } from '../../src/stats/interval.ts';
import { normalAbove, normalQuantileAbove } from '../../src/stats/normal.ts';
import { type Random, randomFrom } from '../../src/stats/random.ts';
import { type Looks, sequentialTest, singleLook } from '../../src/stats/sequential.ts';
import { normals, share } from '../support/normal.ts';

const most = 16;
const schedule = [6, 8, 10, 12, most] as const;
/** The looks up to the i-th, as they would be reported if it were the last. */
const upTo = (i: number): Looks => {
  const [first = 6, ...rest] = schedule.slice(0, i + 1);
  return { launches: [first, ...rest], most, final: i === schedule.length - 1 };
};
const tests = schedule.map((_, i) => sequentialTest(upTo(i)));

/** Launches as they may come: log ratios with mean 0 and standard deviation 1. */
const shapes: Record<string, (random: Random, n: number) => number[]> = {
  normal: (random, n) => normals(random, n, 0, 1),
  // One launch in ten is five times as far out.
  'heavy-tailed': (random, n) =>
    normals(random, n, 0, 1).map((x) => (x * (random() < 0.1 ? 5 : 1)) / Math.sqrt(0.9 + 2.5)),
  // Two states of the machine, half the launches in each.
  bimodal: (random, n) =>
    normals(random, n, 0, 1).map((x) => (x * 0.5 + (random() < 0.5 ? 1 : -1)) / Math.sqrt(1.25)),
};

/** Looks until the p of all looks so far is below alpha; the launches that it took, or null. */
function stopsAt(sample: readonly number[], alpha: number): number | null {
  const ps: number[] = [];
  for (const [i, n] of schedule.entries()) {
    ps.push(oneSampleT(sample.slice(0, n)).p);
    if ((tests[i]?.repeatedP(ps) ?? 1) < alpha) return n;
  }
  return null;
}

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1.644853626951472, 0.05],
    [3, 1.3498980316300946e-3],
    [6, 9.865876450376946e-10],
    [-1, 0.8413447460685429],
  ])('P(Z > %d) = %d', (z, p) => {
    expect(normalAbove(z) / p).toBeCloseTo(1, 6);
    if (z >= 0) expect(normalQuantileAbove(p)).toBeCloseTo(z, 5);
  });
});

describe('levels of the looks', () => {
  it('agree with the simulated ones of detection.md for 4, 6, 8, 10, 12 launches at 5 %', () => {
    const levels = levelsOf(
      [4, 6, 8, 10, 12].map((n) => ({ launches: n, spent: spentBy(n / 12, 0.05) })),
    );
    const simulated = [0.00069, 0.0052, 0.0141, 0.0259, 0.0378];
    for (const [i, level] of levels.entries())
      expect(level / (simulated[i] ?? 0)).toBeCloseTo(1, 1);
  });

  it('of a single look are alpha itself', () => {
    const test = sequentialTest(singleLook(8));
    for (const alpha of [0.05, 0.005, 1e-6]) {
      expect(test.levelAt(alpha) / alpha).toBeCloseTo(1, 9);
      expect(test.repeatedP([alpha]) / alpha).toBeCloseTo(1, 9);
    }
  });

  it('stay above 0 where a look is so early that it may spend next to nothing', () => {
    const early = sequentialTest({ launches: [2], most: 40, final: false });
    expect(early.levelAt(0.05)).toBeGreaterThan(0);
    expect(1 - early.levelAt(1e-6)).toBeLessThan(1);
    expect(early.repeatedP([1e-9])).toBeGreaterThan(0.05);
  });

  it('leave 0 out of the interval exactly where the p is below alpha', () => {
    for (const [i, test] of tests.entries()) {
      const before = Array.from({ length: i }, () => 1);
      for (const alpha of [0.05, 0.01, 0.001]) {
        const level = test.levelAt(alpha);
        expect(test.repeatedP([...before, level * 0.999])).toBeLessThan(alpha);
        expect(test.repeatedP([...before, level * 1.001])).toBeGreaterThan(alpha);
      }
    }
  });
});

describe('all looks together', () => {
  it.each([
    ['normal', 0.0525],
    ['heavy-tailed', 0.0525],
    // The t of 6 launches is itself at fault here: by two states it errs in 0.9 % where 0.1 % was to be spent.
    ['bimodal', 0.062],
  ])(
    'call at most 5 cells in 100 a change where there is none, with %s launches',
    (name, most5) => {
      const random = randomFrom('sequential', name);
      const draw = shapes[name] ?? normals;
      const alarms = share(20_000, () => stopsAt(draw(random, most), 0.05) !== null);
      expect(alarms).toBeLessThan(most5);
      expect(alarms).toBeGreaterThan(0.025);
    },
  );

  it('keep a strict level too', () => {
    const random = randomFrom('sequential', 'strict');
    expect(
      share(20_000, () => stopsAt(shapes.normal?.(random, most) ?? [], 0.005) !== null),
    ).toBeLessThan(0.006);
  });

  it('see a clear change early and nearly as surely as one test at the end would', () => {
    const random = randomFrom('sequential', 'power');
    const stops: number[] = [];
    const power = share(4_000, () => {
      const n = stopsAt(normals(random, most, 1, 1), 0.05);
      if (n !== null) stops.push(n);
      return n !== null;
    });
    const single = share(4_000, () => oneSampleT(normals(random, most, 1, 1)).p < 0.05);
    expect(power).toBeGreaterThan(single - 0.03);
    expect(stops.reduce((a, b) => a + b, 0) / stops.length).toBeLessThan(12);
  });

  it('give intervals that hold the true value at every look in 95 % of cells', () => {
    const random = randomFrom('sequential', 'cover');
    const covered = share(10_000, () => {
      const sample = normals(random, most, 0.7, 1);
      return schedule.every((n, i) => {
        const { low, high } = meanInterval(sample.slice(0, n), 1 - (tests[i]?.levelAt(0.05) ?? 0));
        return low < 0.7 && 0.7 < high;
      });
    });
    expect(covered).toBeGreaterThan(0.945);
  });

  it('call a change on the margin unchanged in 5 % of cells at most', () => {
    const random = randomFrom('sequential', 'equivalence');
    const called = share(4_000, () => {
      const sample = normals(random, most, 0.02, 0.008);
      const ps: number[] = [];
      return schedule.some((n, i) => {
        ps.push(Math.min(1, 2 * equivalenceP(sample.slice(0, n), -0.02, 0.02)));
        return (tests[i]?.repeatedP(ps) ?? 1) / 2 < 0.05;
      });
    });
    expect(called).toBeLessThan(0.06);
  });
});
