import { expect, test } from 'vitest';
import { plannedMs } from '../../../src/matrix/budget.ts';
import { axes, plan, refusal, shipped, versions } from '../../fixtures/matrix/planned.ts';

/** The incident with figures of this test's own, so that tuning the shipped file changes nothing here. */
const incident = shipped('incident.yaml').replace(
  /^measure: .*$/m,
  'measure: { sliceTime: 2.7s, warmup: 1s }',
);

test('launches × cells × (slices + warm-up + start)', () => {
  const of = plan(
    `measure: {launches: 3, sliceTime: 500ms, warmup: 200ms}\n${axes('t: {a: {}, b: {}}')}`,
  );
  expect(plannedMs(of)).toBe(3 * 2 * (500 + 200 + 600));
});

test.each([
  ['shrinks the slices first', { budgetMs: 90_000 }, { launches: 8, sliceTimeMs: 650 }],
  [
    'adds launches before it grows slices',
    { budgetMs: 250_000 },
    { launches: 11, sliceTimeMs: 2945 },
  ],
  ['grows the slices of 16 launches', { budgetMs: 600_000 }, { launches: 16, sliceTimeMs: 5900 }],
  ['grows them to 10 s at most', { budgetMs: 3_600_000 }, { launches: 16, sliceTimeMs: 10_000 }],
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

test.each([
  ['all cells: 8 launches', {}, { launches: 8, sliceTimeMs: 2700 }],
  [
    'two cells: 16, with slices as the file says',
    { only: ['tls=none'] },
    { launches: 16, sliceTimeMs: 2700 },
  ],
])('three minutes where nobody says, %s', (_, changed, measure) => {
  const of = plan(incident, changed);
  expect(of.measure).toEqual({ ...measure, warmupMs: 1000 });
  expect(plannedMs(of)).toBeLessThanOrEqual(180_000);
});

test('a matrix that does not fit into three minutes takes what its fewest launches need', () => {
  const many = axes(`t: {${Array.from({ length: 30 }, (_, i) => `t${i}: {}`).join(', ')}}`);
  const of = plan(`measure: { warmup: 1s }\n${many}`);
  expect(of.measure).toEqual({ launches: 4, sliceTimeMs: 400, warmupMs: 1000 });
  expect(plannedMs(of)).toBe(30 * 4 * 2000);
});

test('launches alone change nothing else', () => {
  expect(plan(incident, { launches: 2 }).measure).toEqual({
    launches: 2,
    sliceTimeMs: 2700,
    warmupMs: 1000,
  });
});

test('what the command line says replaces the launches and the budget of the file', () => {
  const text = `measure: {launches: 3, budget: 1m, warmup: 0.2s}\n${versions}`;
  expect(plan(text).measure).toEqual({ launches: 3, sliceTimeMs: 2400, warmupMs: 200 });
  expect(plan(text, { launches: 5 }).measure.launches).toBe(5);
  expect(plan(text, { budgetMs: 10_000 }).measure).toEqual({
    launches: 8,
    sliceTimeMs: 450,
    warmupMs: 200,
  });
});

test.each([
  [
    { budgetMs: 39_999 },
    '--budget: 40s is too short for 5 cells. Use 40s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 79_000, launches: 8 },
    '--budget: 79s is too short for 5 cells. Use 80s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 0, only: ['reuse=close-new-context'] },
    '--budget: 0s is too short for 1 cell. Use 8s or more, or choose fewer cells with --only.',
  ],
])('%j is too short', (changed, message) => {
  expect(refusal(incident, changed)).toBe(message);
});

test('a budget in the file is refused where it stands', () => {
  expect(refusal(`${versions}measure: { budget: 3s, warmup: 0.2s }\n`)).toBe(
    'm.yaml:2:20: measure.budget: 3s is too short for 1 cell. Use 4.8s or more, or choose fewer cells with --only.',
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
