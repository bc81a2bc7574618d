import { expect, it } from 'vitest';
import { isComparable, unlikeLatencies } from '../../src/analysis/latencies.ts';
import type { ByRole } from '../../src/model/plan.ts';
import type { Settings } from '../../src/model/settings.ts';
import { plan } from '../fixtures/matrix/planned.ts';

const arms = (baseline: string, candidate: string): ByRole<Settings> =>
  plan(
    `axes: { version: { v1: { client: { engine: ${baseline} } }, v2: { client: { engine: ${candidate} } } } }`,
  ).cells[0].arms;

it('latencies that mean the same are compared', () => {
  for (const same of [arms('http', 'undici'), arms('k6@0.57.0', 'k6@1.1.0')]) {
    expect(isComparable('latencyP95', same)).toBe(true);
    expect(unlikeLatencies(same)).toBeNull();
  }
});

it('two definitions of a latency are not compared, and the cell says so', () => {
  const differing = arms('http', 'locust@2.31.0');
  expect(isComparable('latencyMean', differing)).toBe(false);
  expect(isComparable('latencyP99', differing)).toBe(false);
  expect(isComparable('cpuPerRequest', differing)).toBe(true);
  expect(isComparable('rps', differing)).toBe(true);
  expect(unlikeLatencies(differing)).toMatchObject({
    code: 'latency-definitions',
    message: expect.stringMatching(
      /^latencies are not compared: http measures from when .*; locust@2\.31\.0 measures from the call/,
    ),
    next: expect.stringContaining('between releases of one engine'),
  });
});
