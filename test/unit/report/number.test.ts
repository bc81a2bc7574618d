import { describe, expect, it } from 'vitest';
import { count } from '../../../src/model/units.ts';
import {
  formatChange,
  formatLevel,
  formatP,
  formatRange,
  formatScaled,
  formatShare,
  formatValue,
  scaleFor,
} from '../../../src/report/number.ts';

const change = (estimate: number, low: number, high: number) =>
  formatChange({ estimate, low, high, level: 0.95 });

describe('values', () => {
  it.each([
    [31_200, 'µs', '31.2 ms'],
    [999.4, 'µs', '999 µs'],
    [999.995, 'µs', '1.00 ms'],
    [999_600, 'µs', '1.00 s'],
    [0.25, 'µs', '250 ns'],
    [0, 'µs', '0 µs'],
    [999.995, '1/s', '1.00 krps'],
    [35.06, '1/s', '35.1 rps'],
    [61_400_000, 'bytes', '61.4 MB'],
    [0.00123, 'fraction', '0.123 %'],
    [0.000001, 'fraction', '<0.001 %'],
    [0, 'fraction', '0 %'],
    [null, 'µs', '–'],
  ] as const)('%s %s is %s', (value, unit, words) => {
    expect(formatValue(value, unit)).toBe(words);
  });

  it('never reaches four digits below the largest prefix', () => {
    for (let value = 0.001; value < 1e9; value *= 1.037) {
      const shown = Number(formatValue(value, 'µs').split(' ')[0]);
      expect(shown).toBeLessThan(1000);
    }
  });

  it('gives a row one prefix, that of its largest value', () => {
    const scale = scaleFor('µs', [980, 3200, null]);
    expect([980, 3200, null].map((value) => formatScaled(value, scale))).toEqual([
      '0.980 ms',
      '3.20 ms',
      '–',
    ]);
  });

  it('writes a range with its unit once', () => {
    expect(formatRange(8390, 9180, scaleFor('µs', [9000]))).toBe('8.39 … 9.18 ms');
  });
});

describe('changes', () => {
  it('has a sign, a real minus and one number of decimals', () => {
    expect(change(2.12, 1.98, 2.27)).toEqual({ estimate: '+212 %', interval: '+198 … +227' });
    expect(change(-0.172, -0.191, -0.153)).toEqual({
      estimate: '−17.2 %',
      interval: '−19.1 … −15.3',
    });
    expect(change(0.0146, -0.0041, 0.0207)).toEqual({
      estimate: '+1.46 %',
      interval: '−0.41 … +2.07',
    });
  });

  it('gives nothing a sign where nothing is left after rounding', () => {
    expect(change(-0.000001, -0.02, 0.02).estimate).toBe('0.00 %');
  });

  it('does not show 9.999 as 10.00 or 99.96 as 100.0', () => {
    expect(change(0.09999, 0.08, 0.09999).estimate).toBe('+10.0 %');
    expect(change(0.9996, 0.8, 0.9996).estimate).toBe('+100 %');
  });

  it('says that an end is unbounded', () => {
    expect(change(0.5, -1, Number.POSITIVE_INFINITY).interval).toBe('−100 … +∞');
  });

  it('shows no digits of what is beyond a thousandfold', () => {
    expect(change(3.21, -1, 9_378_123).interval).toBe('−100 … >+99999');
  });
});

describe('shares, p and levels', () => {
  it.each([
    [0.02, '2 %'],
    [0.9834, '98.3 %'],
    [0.00549, '0.55 %'],
    [1, '100 %'],
    [Number.NaN, '–'],
  ])('share %s is %s', (share, words) => expect(formatShare(share)).toBe(words));

  it.each([
    [0.00001, '<0.0001'],
    [0.00012, '0.0001'],
    [0.0078, '0.008'],
    [0.31, '0.31'],
    [null, '–'],
  ])('p %s is %s', (p, words) => expect(formatP(p)).toBe(words));

  it('never rounds a level up to certainty', () => {
    expect(formatLevel(0.995)).toBe('99.5 %');
    expect(formatLevel(0.9999999)).toBe('>99.99 %');
  });

  it('agrees in number', () => {
    expect([count(1, 'cell'), count(2, 'cell'), count(2, 'launch', 'launches')]).toEqual([
      '1 cell',
      '2 cells',
      '2 launches',
    ]);
  });
});
