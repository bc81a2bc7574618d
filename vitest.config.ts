import { defineConfig } from 'vitest/config';

const project = (name: string, timeout: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 20_000),
      project('property', 60_000),
      project('golden', 20_000),
      // Real processes and real measuring: one file at a time, or they would disturb one another.
      { test: { ...project('e2e', 180_000).test, fileParallelism: false } },
    ],
  },
});
