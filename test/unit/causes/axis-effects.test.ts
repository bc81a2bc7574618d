import { describe, expect, it } from 'vitest';
import { axisEffects } from '../../../src/analysis/causes/axis-effects.ts';
import { effectsOf } from '../../../src/analysis/causes/effects.ts';
import type { AxisEffect, AxisEffects } from '../../../src/model/causes.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { plan, shipped } from '../../fixtures/matrix/planned.ts';
import { comparedCells, type Prices } from '../../support/compared.ts';
import { share } from '../../support/normal.ts';

const incident = plan(shipped('incident.yaml'));
const complete = [
  { a: 'x', b: 'p' },
  { a: 'x', b: 'q' },
  { a: 'y', b: 'p' },
  { a: 'y', b: 'q' },
];

const weighed = (weights: readonly number[], y: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (y[i] ?? 0), 0);

describe('effectsOf', () => {
  it('are those of the analysis of variance in a complete matrix', () => {
    // mean 4, a: ∓1, b: ∓2, interaction ±0.5
    const y = [4 - 1 - 2 + 0.5, 4 - 1 + 2 - 0.5, 4 + 1 - 2 - 0.5, 4 + 1 + 2 + 0.5];
    const found = effectsOf(complete).effects.map(({ variants, weights }) => [
      JSON.stringify(variants),
      Number(weighed(weights, y).toFixed(9)),
    ]);
    expect(found).toEqual([
      ['{"a":"x"}', -1],
      ['{"a":"y"}', 1],
      ['{"b":"p"}', -2],
      ['{"b":"q"}', 2],
      ['{"a":"x","b":"p"}', 0.5],
      ['{"a":"x","b":"q"}', -0.5],
      ['{"a":"y","b":"p"}', -0.5],
      ['{"a":"y","b":"q"}', 0.5],
    ]);
  });

  it('call interaction only what the axes by themselves cannot explain, where cells are missing', () => {
    const cells = complete.slice(0, 3);
    const { effects } = effectsOf(cells);
    // Three cells, three parameters: nothing is left.
    expect(effects.every(({ variants }) => Object.keys(variants).length === 1)).toBe(true);
    const y = [1, 3, 6];
    const of = (name: string) =>
      weighed(effects.find(({ variants }) => JSON.stringify(variants) === name)?.weights ?? [], y);
    expect(of('{"b":"q"}') - of('{"b":"p"}')).toBeCloseTo(2, 9);
    expect(of('{"a":"y"}') - of('{"a":"x"}')).toBeCloseTo(5, 9);
  });

  it('leave out an axis that always changes together with one before it', () => {
    const { effects } = effectsOf([
      { a: 'x', twin: '1' },
      { a: 'y', twin: '2' },
    ]);
    expect(effects.map(({ variants }) => Object.keys(variants))).toEqual([['a'], ['a']]);
  });

  it('take apart three axes', () => {
    const three = complete.flatMap((cell) => [
      { ...cell, c: 'm' },
      { ...cell, c: 'n' },
    ]);
    const y = three.map(({ a, c }) => (a === 'y' && c === 'n' ? 4 : 0));
    const effects = effectsOf(three).effects.filter(
      ({ weights }) => Math.abs(weighed(weights, y)) > 1e-9,
    );
    expect(effects.map(({ variants }) => Object.keys(variants).join())).toEqual([
      ...['a', 'a', 'c', 'c', 'a,c', 'a,c', 'a,c', 'a,c'],
    ]);
  });
});

const flat: Prices = {
  request: 100,
  tlsRequest: 20,
  connection: 300,
  handshakeFull: 900,
  certificate: 50,
};

function effects(candidate: Prices, sd: number, seed: string | number): AxisEffects {
  const prices = { baseline: flat, candidate };
  const random = randomFrom('axes', seed);
  const cells = comparedCells(incident, { prices, launches: 8, sd, random, trusted: 145 });
  const found = axisEffects(cells, 0.05);
  if (found === null) throw new Error('no effects');
  return found;
}

const named = ({ effects: all }: AxisEffects, variants: Readonly<Record<string, string>>) =>
  all.find((effect) => JSON.stringify(effect.variants) === JSON.stringify(variants));

describe('axisEffects', () => {
  it('show the mode that got dearer, and how far it is from all others', () => {
    const found = effects({ ...flat, certificate: 200 }, 0.01, 1);
    const newContext = named(found, { reuse: 'close-new-context' });
    expect(newContext?.proven).toBe(true);
    expect(newContext?.effect.estimate).toBeGreaterThan(1);
    expect(found.cells).toBe(5);
    const worst = [...found.effects].sort((a, b) => b.effect.estimate - a.effect.estimate)[0];
    expect(worst?.variants).toEqual({ reuse: 'close-new-context' });
  });

  it('find an interaction: a handshake is dear, and only TLS that is closed has one', () => {
    const found = effects({ ...flat, handshakeFull: 2700 }, 0.01, 2);
    const both = named(found, { tls: '1.3', reuse: 'close' });
    expect(both?.proven).toBe(true);
    expect(both?.effect.estimate).toBeGreaterThan(0.1);
  });

  it('call nothing an effect in more than about one run of twenty without any', () => {
    let seed = 0;
    const alarms = share(600, () => {
      seed += 1;
      return effects(flat, 0.02, seed).effects.some(({ proven }) => proven);
    });
    // 5 % + 3 standard errors.
    expect(alarms).toBeLessThan(0.077);
  });

  it('have intervals that leave out 0 exactly where they are proven', () => {
    for (let seed = 0; seed < 40; seed++) {
      const found = effects({ ...flat, connection: 318 }, 0.02, `dual-${seed}`);
      for (const { effect, proven } of found.effects)
        expect(effect.low > 0 || effect.high < 0).toBe(proven);
    }
  });

  it('need two cells', () => {
    const one = { ...incident, cells: [incident.cells[0]] as const };
    const random = randomFrom('axes', 'one');
    const cells = comparedCells(one, {
      prices: { baseline: flat, candidate: flat },
      ...{ launches: 4, sd: 0, random, trusted: 145 },
    });
    expect(axisEffects(cells, 0.05)).toBeNull();
  });

  it('multiply to what the cells show', () => {
    const found = effects({ ...flat, certificate: 200 }, 0, 3);
    const factor = (effect: AxisEffect | undefined): number => 1 + (effect?.effect.estimate ?? 0);
    const cell = { tls: '1.3', reuse: 'close-new-context' };
    const product =
      (1 + found.mean.estimate) *
      factor(named(found, { tls: cell.tls })) *
      factor(named(found, { reuse: cell.reuse })) *
      factor(named(found, cell));
    const cpu = (certificate: number) => 100 + 20 + 300 + 900 + 145 * certificate;
    expect(product).toBeCloseTo(cpu(200) / cpu(50), 6);
  });
});
