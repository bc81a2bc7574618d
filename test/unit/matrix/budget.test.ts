import { expect, test } from 'vitest';
import { plannedCost } from '../../../src/matrix/budget.ts';
import { axes, plan, refusal, shipped, versions } from '../../fixtures/matrix/planned.ts';

/** The incident with figures of this test's own, so that tuning the shipped file changes nothing here. */
const incident = shipped('incident.yaml').replace(
  /^measure: .*$/m,
  'measure: { sliceTime: 2.7s, warmup: 1s }',
);

const usual = [6, 8, 10, 12, 16];

test('launches × cells × (slices + warm-up + start), cut by the budget', () => {
  const measure = 'sliceTime: 500ms, warmup: 200ms';
  const fixed = plan(`measure: {launches: 3, ${measure}}\n${axes('t: {a: {}, b: {}}')}`);
  expect(plannedCost(fixed)).toEqual({
    launches: { least: 6, most: 6 },
    ms: { least: 6_600, most: 6_600 },
  });
  const open = plan(`measure: {budget: 20s, ${measure}}\n${axes('t: {a: {}, b: {}}')}`);
  expect(plannedCost(open)).toEqual({
    launches: { least: 12, most: 32 },
    ms: { least: 13_200, most: 20_000 },
  });
});

test.each([
  ['shrinks the slices first', { budgetMs: 90_000 }, { looks: usual, sliceTimeMs: 1600 }],
  ['grows the slices of all looks', { budgetMs: 600_000 }, { looks: usual, sliceTimeMs: 6100 }],
  ['grows them to 10 s at most', { budgetMs: 3_600_000 }, { looks: usual, sliceTimeMs: 10_000 }],
  [
    'takes one look at 5 launches once slices are shortest',
    { budgetMs: 50_000 },
    { looks: [5], sliceTimeMs: 600 },
  ],
  ['keeps 4 launches', { budgetMs: 36_000 }, { looks: [4], sliceTimeMs: 400 }],
  [
    'keeps the launches that were asked for',
    { budgetMs: 90_000, launches: 6 },
    { looks: [6], sliceTimeMs: 1600 },
  ],
  [
    'may be for fewer cells',
    { budgetMs: 12_000, only: ['reuse=close-new-context'] },
    { looks: usual, sliceTimeMs: 600 },
  ],
])('a budget %s', (_, changed, measure) => {
  const of = plan(incident, changed);
  expect(of.measure).toEqual({ ...measure, budgetMs: changed.budgetMs, warmupMs: 1000 });
  expect(plannedCost(of).ms.least).toBeLessThanOrEqual(changed.budgetMs);
});

test('three minutes where nobody says', () => {
  expect(plan(incident).measure).toEqual({
    looks: usual,
    budgetMs: 180_000,
    sliceTimeMs: 2700,
    warmupMs: 1000,
  });
});

test('a matrix that does not fit into three minutes takes what its fewest launches need', () => {
  const many = axes(`t: {${Array.from({ length: 30 }, (_, i) => `t${i}: {}`).join(', ')}}`);
  expect(plan(`measure: { warmup: 1s }\n${many}`).measure).toEqual({
    looks: [4],
    budgetMs: 30 * 4 * 1800,
    sliceTimeMs: 400,
    warmupMs: 1000,
  });
});

test('launches alone are the only look, without a budget', () => {
  expect(plan(incident, { launches: 2 }).measure).toEqual({
    looks: [2],
    budgetMs: null,
    sliceTimeMs: 2700,
    warmupMs: 1000,
  });
});

test('what the command line says replaces the launches and the budget of the file', () => {
  const text = `measure: {launches: 3, budget: 1m, warmup: 0.2s}\n${versions}`;
  const rest = { warmupMs: 200 };
  expect(plan(text).measure).toEqual({ looks: [3], budgetMs: 60_000, sliceTimeMs: 3000, ...rest });
  expect(plan(text, { launches: 5 }).measure.looks).toEqual([5]);
  expect(plan(text, { budgetMs: 10_000 }).measure).toEqual({
    ...{ looks: usual, budgetMs: 10_000, sliceTimeMs: 1066 },
    ...rest,
  });
});

test('looks can be set', () => {
  const text = (looks: string) => `${versions}measure: { looks: ${looks} }\n`;
  expect(plan(text('[5, 9]')).measure.looks).toEqual([5, 9]);
  expect(refusal(text('[9, 5]'))).toMatch(/measure\.looks: does not rise/);
  expect(refusal(text('[]'))).toMatch(/measure\.looks: has no look/);
  expect(refusal(`${versions}measure: { looks: [5], launches: 5 }\n`)).toMatch(
    /measure\.looks: is said beside launches/,
  );
});

test.each([
  [
    { budgetMs: 35_999 },
    '--budget: 36s is too short for 5 cells. Use 36s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 71_000, launches: 8 },
    '--budget: 71s is too short for 5 cells. Use 72s or more, or choose fewer cells with --only.',
  ],
  [
    { budgetMs: 0, only: ['reuse=close-new-context'] },
    '--budget: 0s is too short for 1 cell. Use 7.2s or more, or choose fewer cells with --only.',
  ],
])('%j is too short', (changed, message) => {
  expect(refusal(incident, changed)).toBe(message);
});

test('a budget in the file is refused where it stands', () => {
  expect(refusal(`${versions}measure: { budget: 3s, warmup: 0.2s }\n`)).toBe(
    'm.yaml:2:20: measure.budget: 3s is too short for 1 cell. Use 4s or more, or choose fewer cells with --only.',
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
