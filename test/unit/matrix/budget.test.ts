import { expect, test } from 'vitest';
import { plannedMs } from '../../../src/matrix/budget.ts';
import { axes, plan, refusal, shipped, versions } from '../../fixtures/matrix/planned.ts';

/** The incident with figures of this test's own, so that tuning the shipped file changes nothing here. */
const incident = shipped('incident.yaml').replace(
  /^measure: .*$/m,
  'measure: { launches: 8, sliceTime: 2.7s, warmup: 1s }',
);

test('launches × cells × (slices + warm-up + start)', () => {
  const of = plan(
    `measure: {launches: 3, sliceTime: 500ms, warmup: 200ms}\n${axes('t: {a: {}, b: {}}')}`,
  );
  expect(plannedMs(of)).toBe(3 * 2 * (500 + 200 + 600));
});

test.each([
  ['shrinks the slices first', { budgetMs: 90_000 }, { launches: 8, sliceTimeMs: 650 }],
  ['grows them', { budgetMs: 300_000 }, { launches: 8, sliceTimeMs: 5900 }],
  ['grows them to 10 s at most', { budgetMs: 3_600_000 }, { launches: 8, sliceTimeMs: 10_000 }],
  [
    'drops launches once slices are shortest',
    { budgetMs: 79_999 },
    { launches: 7, sliceTimeMs: 685 },
  ],
  ['keeps 4 launches', { budgetMs: 40_000 }, { launches: 4, sliceTimeMs: 400 }],
  [
    'keeps the launches that were asked for',
    { budgetMs: 90_000, launches: 6 },
    { launches: 6, sliceTimeMs: 1400 },
  ],
  [
    'may be for fewer cells',
    { budgetMs: 12_000, only: ['reuse=close-new-context'] },
    { launches: 6, sliceTimeMs: 400 },
  ],
])('a budget %s', (_, changed, measure) => {
  const of = plan(incident, changed);
  expect(of.measure).toEqual({ ...measure, warmupMs: 1000 });
  expect(plannedMs(of)).toBeLessThanOrEqual(changed.budgetMs);
});

test('launches alone change nothing else', () => {
  expect(plan(incident, { launches: 2 }).measure).toEqual({
    launches: 2,
    sliceTimeMs: 2700,
    warmupMs: 1000,
  });
});

test.each([
  [
    { budgetMs: 39_999 },
    '--budget: 40s is too short for 4 launches of 5 cells. Use 40s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 30_000 },
    '--budget: 30s is too short for 4 launches of 5 cells. Use 40s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 79_000, launches: 8 },
    '--budget: 79s is too short for 8 launches of 5 cells. Use 80s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 0, only: ['reuse=close-new-context'] },
    '--budget: 0s is too short for 4 launches of 1 cell. Use 8s or more, or choose fewer cells with --only.',
  ],
])('%j is too short', (changed, message) => {
  expect(refusal(incident, changed)).toBe(message);
});

test('a file with fewer launches than 4 keeps its own number', () => {
  const text = `measure: {launches: 3, warmup: 0.2s}\n${versions}`;
  expect(plan(text, { budgetMs: 3600 }).measure).toEqual({
    launches: 3,
    sliceTimeMs: 400,
    warmupMs: 200,
  });
  expect(refusal(text, { budgetMs: 3500 })).toBe(
    '--budget: 3.5s is too short for 3 launches of 1 cell. Use 3.6s or more, or choose fewer cells with --only.',
  );
});

test.each([
  [{ launches: 1 }, '--launches: 1 is not a whole number from 2 up. Write one such as 8.'],
  [{ launches: 2.5 }, '--launches: 2.5 is not a whole number from 2 up. Write one such as 8.'],
  [{ workers: 0 }, '--workers: 0 is not a whole number from 1 up. Write one such as 1.'],
  [{ seed: Number.NaN }, '--seed: NaN is not a whole number from 0 up. Write one such as 1.'],
])('%j is refused', (changed, message) => {
  expect(refusal(versions, changed)).toBe(message);
});
