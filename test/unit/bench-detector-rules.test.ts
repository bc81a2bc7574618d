import { describe, expect, it } from 'vitest';
import {
  logChange,
  metrics,
  viewedLaunch,
  withEffect,
} from '../../bench/detector/data/launches.js';
import { lineOf, slicesOf } from '../../bench/detector/data/line.js';
import { simulatedLines } from '../../bench/detector/data/simulated.js';
import { arrangement, draw, Source, stretchesOf } from '../../bench/detector/data/trials.js';
import { rules } from '../../bench/detector/rules/all.js';
import { looks, plan } from '../../bench/detector/rules/defaults.js';
import { judgeAsItGoes } from '../../bench/detector/rules/matrix.js';
import { outcomesBy } from '../../bench/detector/scores/power.js';
import { judgeMatrix } from '../../src/analysis/judge-matrix.ts';
import { randomFrom } from '../../src/stats/random.ts';

const [clientCpu] = metrics;
const rule = (short: string) => rules.find((of: { short: string }) => of.short === short);

describe('a line of data', () => {
  const slice = (role: string, clientCpuUs: number) => ({
    ...{ role, requests: 10, clientCpuUs, targetCpuUs: 160, wallUs: 1600 },
  });
  const abba = ['baseline', 'candidate', 'candidate', 'baseline'];
  const line = lineOf({ order: 'interleaved', startedMs: 1000, endedMs: 4000 }, [
    ...abba.map((role, i) => slice(role, 160 * (i + 1))),
    ...abba.map((role) => slice(role, 320)),
  ]);

  it('keeps totals exact, and slices in order', () => {
    expect(line.totals).toEqual([
      [40, 160 + 640 + 640, 640, 6400],
      [40, 320 + 480 + 640, 640, 6400],
    ]);
    expect(
      slicesOf(line)
        ?.map(({ arm }: { arm: string }) => arm)
        .join(''),
    ).toBe('abbaabba');
    expect(slicesOf(line)[2].spent).toEqual([10, 480, 160, 1600]);
  });

  it('is seen from either side, by slices, pairs and blocks', () => {
    const { views } = viewedLaunch(line, clientCpu);
    const [there, back] = views;
    expect(there.seconds).toBe(3);
    expect(there.pairs.map((of: number) => Math.exp(of))).toEqual(
      [2, 3 / 4, 1, 1].map((of) => expect.closeTo(of, 12)),
    );
    expect(there.blocks[0]).toBeCloseTo(0, 12);
    // abbaabba: no a has a b on either side.
    expect(there.fixed).toBeNaN();
    expect(logChange(back)).toBeCloseTo(-logChange(there), 12);
  });

  it('takes slices for ABAB only where each follows the other arm', () => {
    const order = ['baab', 'abba'].join('');
    const slices = [...order].map((arm, i) =>
      slice(arm === 'a' ? 'baseline' : 'candidate', 160 * (i + 1)),
    );
    const { views } = viewedLaunch(lineOf({ order: 'interleaved' }, slices), clientCpu);
    // baab|abba: the a in fifth place follows b, and the b in sixth follows it.
    expect(Math.exp(views[0].fixed)).toBeCloseTo(6 / 5, 12);
    // From the other side: the b in fourth place follows a, and the a in fifth follows it.
    expect(Math.exp(views[1].fixed)).toBeCloseTo(5 / 4, 12);
  });

  it('changes every part of the candidate by the effect', () => {
    const [view] = viewedLaunch(line, clientCpu).views;
    const changed = withEffect(view, 0.1, true);
    expect(logChange(changed) - logChange(view)).toBeCloseTo(Math.log(1.1), 12);
    expect(changed.blocks[1] - view.blocks[1]).toBeCloseTo(Math.log(1.1), 12);
    expect(changed.a).toBe(view.a);
  });
});

describe('trials', () => {
  const runs = (sizes: number[]) =>
    sizes.flatMap((size, run) => Array.from({ length: size }, (_, launch) => ({ run, launch })));

  it('joins runs that were decided early, and cuts long ones', () => {
    const sizes = (of: number[]) =>
      stretchesOf(runs(of), 16).map(({ length }: { length: number }) => length);
    expect(sizes([16, 16])).toEqual([16, 16]);
    expect(sizes([6, 6, 6, 16])).toEqual([18, 16]);
    expect(sizes([40, 3])).toEqual([16, 27]);
    expect(sizes([5])).toEqual([]);
  });

  it('sets the first half of one arm beside the second half of the other', () => {
    const arranged = arrangement({ own: 'one after the other', launches: 2 }, 'in-sequence');
    const views = [1, 2, 3, 4].map((i) => ({ a: `a${i}`, b: `b${i}`, seconds: 1 }));
    expect(arranged.launches).toBe(4);
    expect(arranged.arrange(views).map(({ a, b }: { a: string; b: string }) => a + b)).toEqual([
      'a1b3',
      'a2b4',
    ]);
    expect(arrangement({ own: 'interleaved', launches: 2 }, 'in-sequence')).toBeNull();
  });
});

describe('rules', () => {
  const random = randomFrom('bench-detector');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const level = (changes: number[]) =>
    changes.map((change) => ({
      a: { cost: 1, work: 1, samples: [1, 1] },
      b: { cost: Math.exp(change), work: 1, samples: [Math.exp(change), Math.exp(change)] },
      seconds: 1,
    }));

  it('stop at the first look that proves a change', () => {
    const clear = level(Array.from({ length: 16 }, (_, i) => 0.1 + 0.001 * (i % 3)));
    expect(rule('bench').decide(clear)).toMatchObject({ call: 'worse', used: looks[0] });
    const none = level(Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 0.01 : -0.01)));
    expect(rule('bench').decide(none)).toMatchObject({ call: null, used: looks.at(-1) });
  });

  it('call a doubling, whichever they are, and its direction', () => {
    const source = new Source(simulatedLines({ runs: 1, launches: 16, seed: 3, blocks: 30 }), {
      ...{ cell: 'tls=none,reuse=close', order: 'interleaved', metric: clientCpu },
    });
    for (const one of rules) {
      const from = source.trialsFor(one);
      if (from === null) continue;
      const { views } = from.trial(draw(1));
      const decide = (effect: number) =>
        one.decide(views.map((view: object) => withEffect(view, effect, one.sliced))).call;
      expect([one.short, decide(1.5), decide(-0.7)]).toEqual([one.short, 'worse', 'better']);
    }
  });

  it('hold their level where the launches are independent, and not where they peek', () => {
    const source = new Source(simulatedLines({ runs: 40, launches: 16, seed: 5, blocks: 3 }), {
      ...{ cell: 'tls=none,reuse=close', order: 'interleaved', metric: clientCpu },
    });
    const alarms = (short: string) => {
      const from = source.trialsFor(rule(short));
      if (from === null) throw new Error('enough launches');
      const [none = []] = outcomesBy(rule(short), from, 400);
      return none.filter(({ call }: { call: string | null }) => call !== null).length / 400;
    };
    expect(alarms('bench')).toBeLessThan(0.09);
    expect(alarms('no spending')).toBeGreaterThan(alarms('bench') + 0.03);
  });

  it.each([0, -0.01, -0.06])('judge a matrix as the tool does, RPS changed by %s', (shift) => {
    const { gate } = plan;
    const cells = Array.from({ length: 2 }, (_, cell) => ({
      seconds: Array(16).fill(1),
      comparisons: (['cpuPerRequest', 'rps'] as const).map((metric) => ({
        metric,
        margin: gate.margins[metric],
        better: metric === 'rps' ? 'higher' : 'lower',
        // A change in one comparison, none in the others.
        ratios: Array.from(
          { length: 16 },
          () => 0.02 * normal() + (cell === 0 && metric === 'rps' ? shift : 0),
        ),
      })),
    }));
    const judged = judgeAsItGoes(cells);
    // The same launches judged at once, with the looks that the cells then had had.
    const sizes = [0, 1].map((cell) => judged.launches[cell]);
    const real = judgeMatrix(
      cells.map(({ comparisons }, cell) => ({
        ...({ cell: plan.cells[0] } as Parameters<typeof judgeMatrix>[0][number]),
        invalid: null,
        observed: comparisons.map(({ metric, ratios }) => {
          const taken = looks.filter((n: number) => n <= (sizes[cell] ?? 0));
          return {
            ...{
              kind: 'paired' as const,
              metric,
              gating: true,
              ratios: ratios.slice(0, sizes[cell]),
            },
            ...{ baseline: [1], candidate: [1] },
            looks: {
              launches: taken as unknown as readonly [number, ...number[]],
              ...{ most: 16, final: sizes[cell] === 16 },
            },
          };
        }),
      })),
      gate,
    );
    expect(judged.comparisons.map(({ verdict }: { verdict: string }) => verdict)).toEqual(
      real.cells.flatMap(({ metrics }) => metrics.map(({ verdict }) => verdict)),
    );
    expect(judged.comparisons[1].verdict === 'regression').toBe(shift === -0.06);
    expect(judged.seconds).toBe((sizes[0] ?? 0) + (sizes[1] ?? 0));
  });
});
