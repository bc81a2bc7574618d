import { defineConfig } from 'vitest/config';

/** Whose meters or pauses another measurement beside them would disturb. */
const undisturbed = [
  'causes',
  'engine-claims',
  'injections',
  'looks',
  'meters',
  'network',
  'paced',
  'paused',
].map((name) => `test/e2e/${name}.test.ts`);

const project = (name: string, timeout: number, order: number) => ({
  name,
  include: [`test/${name}/**/*.test.ts`],
  // What a failed test saw, whole: a failure by chance cannot be asked again.
  chaiConfig: { truncateThreshold: 0 },
  // A package's default export is what Node makes of it.
  deps: { interopDefault: false },
  testTimeout: timeout,
  hookTimeout: timeout,
  // Projects of one order run at the same time, those of the next after them.
  sequence: { groupOrder: order },
});

/** Pure code: files share processes, and what these have loaded. Half of their time they would load it again. */
const together = { isolate: false, maxWorkers: 2 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...project('unit', 60_000, 0), ...together } },
      { test: { ...project('property', 60_000, 0), ...together } },
      { test: { ...project('golden', 60_000, 0), ...together } },
      // Real processes. Most of their time they start and wait, so two files share the machine.
      { test: { ...project('e2e', 300_000, 1), exclude: undisturbed, maxWorkers: 2 } },
      {
        test: {
          ...project('e2e', 300_000, 2),
          ...{ name: 'e2e-undisturbed', include: undisturbed, fileParallelism: false },
        },
      },
    ],
  },
});
