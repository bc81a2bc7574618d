import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCpuProfile } from '../../src/analysis/profile/cpu-profile.ts';
import { profileDifference } from '../../src/analysis/profile/difference.ts';
import { keptProfile } from '../../src/analysis/profile/keep.ts';
import { cpuProfileOf, type Sampled } from '../support/cpu-profile.ts';

const name = fc.oneof(
  fc.constantFrom('f', 'g', '', '(idle)', '(program)', '(garbage collector)', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const url = fc.oneof(
  fc.constantFrom('', 'node:net', '/srv/a.js', '/x/node_modules/p/i.js', '/x/node_modules/'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const { tree } = fc.letrec<{ tree: Sampled }>((tie) => ({
  tree: fc.record({
    ...{ name, url, samples: fc.nat(20), line: fc.nat(99) },
    calls: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 4 })),
  }),
}));
const trees = fc.array(tree, { maxLength: 5 });

/** Samples that are not idle, by the tree itself. */
const busy = (all: readonly Sampled[]): number =>
  all.reduce((sum, { name, url, samples = 0, calls = [] }) => {
    return sum + (name === '(idle)' && url === '' ? 0 : samples) + busy(calls);
  }, 0);

const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-6 * (1 + b));

it('self times add up to what was sampled, kept and compared', () => {
  fc.assert(
    fc.property(trees, trees, fc.integer({ min: 1, max: 50 }), (before, after, requests) => {
      const kept = (calls: readonly Sampled[]) => {
        const own = keptProfile([parseCpuProfile(cpuProfileOf(calls), 500)], {
          ...{ bench: '/opt', own: ['/srv'] },
        });
        expect(own.sampledUs).toBe(500 * busy(calls));
        expect(own.samples).toBe(busy(calls));
        const sum = (us: readonly number[]): number => us.reduce((a, b) => a + b, 0);
        expect(sum(own.functions.map(({ selfUs }) => selfUs))).toBe(own.sampledUs);
        expect(sum(own.nodes.map(([, , us]) => us))).toBe(own.sampledUs);
        return { requests, cpuUs: 1 + own.sampledUs, files: [], ...own };
      };
      const arms = { baseline: kept(before), candidate: kept(after) };
      const row = { kind: 'profile', cell: 'c', part: 'client', state: 'taken' } as const;
      const found = profileDifference(
        { ...row, intervalUs: 500, arms },
        { baseline: null, candidate: null },
      );
      for (const role of ['baseline', 'candidate'] as const) {
        const whole = found.whole[role];
        near(
          found.functions.reduce((sum, of) => sum + of[role], 0),
          whole,
        );
        near(
          found.origins.reduce((sum, of) => sum + of[role], 0),
          whole,
        );
        near(
          found.stacks.reduce((sum, { self }) => sum + self[role], 0),
          whole,
        );
        const roots = found.stacks.filter(({ parent }) => parent === -1);
        near(
          roots.reduce((sum, { total }) => sum + total[role], 0),
          whole,
        );
      }
      for (const [place, { of, parent }] of found.stacks.entries()) {
        expect(found.functions[of]).toBeDefined();
        expect(parent).toBeLessThan(place);
      }
    }),
  );
});
