import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../src/measure/calibrate.ts';
import { grainOf, grainOfCell } from '../../../src/measure/grain.ts';
import { cellNamed, plan } from '../../fixtures/matrix/planned.ts';

const cell = (baseline: string, candidate = baseline) => {
  const variant = (scenario: string) => `{ scenario: { requests: ${scenario} } }`;
  const axes = `axes: { version: { v1: ${variant(baseline)}, v2: ${variant(candidate)} } }`;
  return cellNamed(plan(`${axes}\nclient: { workers: 2 }\n`), 'all');
};
const one = '[{}]';
const three = '[{ path: /a }, { path: /b }, { path: /c }]';
const mix = '[{ path: /a, weight: 9 }, { path: /b, weight: 3 }]';

describe('a slice holds', () => {
  it('two requests of each connection at least', () => {
    expect(grainOfCell(cell(one))).toEqual({ step: 16, least: 32, whole: 16 });
  });

  it('the whole sequence of each connection', () => {
    expect(grainOfCell(cell(three))).toEqual({ step: 48, least: 48, whole: 48 });
  });

  it('whole mixes of each worker, where there is time for them', () => {
    const rare = '[{ path: /a, weight: 100 }, { path: /b }]';
    expect(grainOfCell(cell(mix))).toEqual({ step: 16, least: 32, whole: 16 });
    const grain = grainOfCell(cell(rare));
    expect(grain).toEqual({ step: 16, least: 32, whole: 2 * 8 * 101 });
    const requests = (ms: number) =>
      calibrate({ grain, msPerRequest: { baseline: ms, candidate: ms / 2 }, sliceTimeMs: 3000 });
    expect(requests(0.1).requests).toBe(1616);
    expect(requests(1).requests).toBe(32);
  });

  it('as many connections as any other, where there is time for them', () => {
    const every = (requests: string, n: number) =>
      grainOf(cell(requests).arms.baseline.scenario, 8, 2, n);
    expect(every(one, 4)).toEqual({ step: 16, least: 32, whole: 64 });
    expect(every(three, 4)).toEqual({ step: 48, least: 48, whole: 16 * 12 });
    expect(every(mix, 3)).toEqual({ step: 16, least: 32, whole: 2 * 24 });
    // A slice without a connection in it would say that hundreds more of them have room.
    const plan = { msPerRequest: { baseline: 0.5, candidate: 0.5 }, sliceTimeMs: 3000 };
    expect(calibrate({ grain: every(one, 4), ...plan }).requests).toBe(64);
    expect(calibrate({ grain: every(one, 1_000), ...plan }).requests).toBe(32);
  });

  it('what suits both arms where they differ', () => {
    expect(grainOfCell(cell('[{}, {}]', three))).toEqual({ step: 96, least: 96, whole: 96 });
  });

  it('the sequence of the connections that a capacity is measured with', () => {
    const { scenario } = cell(three).arms.baseline;
    expect(grainOf(scenario, 8, 1, null).step).toBe(24);
  });
});
