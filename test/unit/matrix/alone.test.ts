import { describe, expect, test } from 'vitest';
import { comparedVariants } from '../../../src/matrix/file.ts';
import type { AloneOptions } from '../../../src/model/origin.ts';
import { alone, axes, versions } from '../../fixtures/matrix/planned.ts';

describe('a variant against itself', () => {
  test('is both arms of each cell, and keeps its label', () => {
    const of = alone(axes(' reuse: {a: {}, b: {connection: {reuse: close}}}'));
    expect(of.label).toBe('before');
    expect(of.compare).toMatchObject({ kind: 'paired', baseline: 'v1', candidates: ['v1'] });
    expect(of.cells.map(({ id }) => id)).toEqual(['reuse=a', 'reuse=b']);
    for (const { arms } of of.cells) {
      expect(arms.candidate).toEqual(arms.baseline);
      expect(arms.baseline.client.runtime).toEqual({ kind: 'npm', version: '16' });
    }
  });

  test('has a client for each arm, whatever the file says of sharing', () => {
    const targets = 'axes: {version: {v1: {target: {delay: 1ms}}, v2: {}}}\n';
    expect(alone(targets).cells[0].clients).toBe('each');
    const shared = `${targets}measure: {clients: shared}`;
    expect(alone(shared, { variant: 'v2' }).cells[0].clients).toBe('each');
  });

  test('says which option named what is not there', () => {
    expect(() => alone(versions, { variant: 'v9' })).toThrow('--variant: "v9" is neither');
  });

  test.each<[string, Partial<AloneOptions>, number]>([
    ['as said', { launches: 7 }, 7],
    ['all that the looks would give', {}, 16],
    // 4 s each, and a second to start and to warm up.
    ['what a budget has room for', { budgetMs: 40_000 }, 9],
    ['the first look at least', { budgetMs: 22_000 }, 6],
  ])('is judged once, at the end: %s', (_, changed, launches) => {
    const { measure } = alone(`${versions}measure: {sliceTime: 3s, warmup: 2s}`, changed);
    expect(measure).toMatchObject({ looks: [launches], budgetMs: null });
  });
});

test('the variants that can be compared', () => {
  const variants = (text: string, axis: string | null = null) =>
    comparedVariants({ kind: 'text', text, file: 'm.yaml' }, axis);
  expect(variants(versions)).toEqual(['v1', 'v2']);
  expect(variants(axes(' reuse: {a: {}}'), 'reuse')).toEqual(['a']);
  expect(variants('description: none')).toEqual([]);
});
