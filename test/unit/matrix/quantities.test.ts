import { describe, expect, test } from 'vitest';
import {
  parseDuration,
  parsePercent,
  parseSize,
  parseTime,
  type Quantity,
  quantityOption,
  shownDuration,
} from '../../../src/matrix/quantities.ts';
import { BenchFailure } from '../../../src/model/failure.ts';

const problem = (quantity: Quantity) => (quantity.ok ? quantity.value : quantity.problem);

test.each([
  ['0ms', 0],
  ['500ms', 500],
  ['2.7s', 2700],
  ['1.005s', 1005],
  ['0.1ms', 0.1],
  ['2m', 120_000],
  ['1h', 3_600_000],
  [' 10 s ', 10_000],
])('the duration %s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toEqual({ ok: true, value: ms });
});

test.each([
  ['300us', 300],
  ['1.5µs', 1.5],
  ['1.5μs', 1.5],
  ['200ms', 200_000],
  ['1s', 1e6],
])('the time %s is %d µs', (text, us) => {
  expect(parseTime(text)).toEqual({ ok: true, value: us });
});

test.each([
  ['2%', 0.02],
  ['0%', 0],
  ['7%', 0.07],
  ['0.1%', 0.001],
  ['100%', 1],
])('the percentage %s is %d', (text, value) => {
  expect(parsePercent(text)).toEqual({ ok: true, value });
});

test.each([
  [13, 13],
  ['13', 13],
  ['13B', 13],
  ['1kB', 1000],
  ['1.5kB', 1500],
  ['64KiB', 65_536],
  ['2MB', 2_000_000],
  ['1MiB', 1_048_576],
  ['2GB', 2e9],
  ['1GiB', 1_073_741_824],
])('the size %s is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toEqual({ ok: true, value: bytes });
});

describe('what is no quantity says what to write', () => {
  test.each([
    ['90', '"90" has no unit. Write a duration such as 500ms, 10s or 2m.'],
    [90, '90 has no unit. Write a duration such as 500ms, 10s or 2m.'],
    ['-1s', '"-1s" is not a duration. Write a duration such as 500ms, 10s or 2m.'],
    ['', '"" is not a duration. Write a duration such as 500ms, 10s or 2m.'],
    ['10 sec', '"10 sec" has an unknown unit (sec). Write a duration such as 500ms, 10s or 2m.'],
    ['600h', '"600h" is too large. Write a duration such as 500ms, 10s or 2m.'],
    [
      `${'9'.repeat(400)}s`,
      `"${'9'.repeat(60)}…" is too large. Write a duration such as 500ms, 10s or 2m.`,
    ],
    ['1s\n', 1000],
  ])('duration %j', (text, message) => {
    expect(problem(parseDuration(text))).toBe(message);
  });

  test.each([
    ['2', '"2" has no unit. Write a percentage such as 2%.'],
    ['2ms', '"2ms" has an unknown unit (ms). Write a percentage such as 2%.'],
    ['two%', '"two%" is not a percentage. Write a percentage such as 2%.'],
  ])('percentage %j', (text, message) => {
    expect(problem(parsePercent(text))).toBe(message);
  });

  test.each([
    ['1KB', '"1KB" has an unknown unit (KB). Write a size such as 13, 1kB or 64KiB.'],
    [-1, '-1 is not a size. Write a size such as 13, 1kB or 64KiB.'],
    [1.5, '1.5 is not a whole number of bytes. Write a size such as 13, 1kB or 64KiB.'],
  ])('size %j', (text, message) => {
    expect(problem(parseSize(text))).toBe(message);
  });
});

test('an option names itself', () => {
  expect(quantityOption('--budget', '90s', parseDuration)).toBe(90_000);
  expect(() => quantityOption('--budget', '90', parseDuration)).toThrow(
    new BenchFailure(
      'configuration',
      '--budget: "90" has no unit. Write a duration such as 500ms, 10s or 2m.',
    ),
  );
});

test.each([
  [40_000, '40s'],
  [40_001, '40.1s'],
  [1280, '1.3s'],
  [400, '0.4s'],
])('%d ms is shown as %s, never less', (ms, shown) => {
  expect(shownDuration(ms)).toBe(shown);
});
