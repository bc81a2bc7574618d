import { expect, test } from 'vitest';
import { metricNames, metrics } from '../../../src/model/metrics.ts';
import { plan, refusal, versions } from '../../fixtures/matrix/planned.ts';

test('margins are the metrics own unless something says another', () => {
  const { gate } = plan(versions);
  expect(gate).toEqual({
    margins: Object.fromEntries(metricNames.map((name) => [name, metrics[name].margin])),
    limits: [],
    sensitivity: 0.05,
    alpha: 0.05,
    failOn: 'regression',
    strict: false,
  });
});

test('the command line goes before the file', () => {
  const { gate } = plan(
    `gate: {margins: {rps: 4%, rss: 9%}, sensitivity: 100%, alpha: 1%}\n${versions}`,
    { margins: 'rps=1.5%, latencyP99=20%', failOn: 'inconclusive', strict: true },
  );
  expect(gate).toMatchObject({ sensitivity: 1, alpha: 0.01, failOn: 'inconclusive', strict: true });
  expect(gate.margins).toMatchObject({
    rps: 0.015,
    rss: 0.09,
    latencyP99: 0.2,
    cpuPerRequest: 0.02,
  });
});

test.each([
  ['rps', '--margin: "rps" is not metric=percentage. Write one such as cpuPerRequest=2%.'],
  ['', '--margin: "" is not metric=percentage. Write one such as cpuPerRequest=2%.'],
  ['rps=3', '--margin: "3" has no unit. Write a percentage such as 2%.'],
  ['rps=100%', '--margin: "100%" is not a percentage below 100%. Write one such as 2%.'],
  ['rps=1%,rps=2%', '--margin: rps is given twice. Remove one of the two.'],
  [
    'cpuPerRequests=1%',
    '--margin: "cpuPerRequests" is not a metric. Did you mean "cpuPerRequest"?',
  ],
  [
    'constructor=1%',
    '--margin: "constructor" is not a metric. Choose one of cpuPerRequest, targetCpuPerRequest, rps, achievedRate, latencyMean, latencyP50, latencyP90, latencyP95, latencyP99, errorRate, rss.',
  ],
])('%j is refused', (margins, message) => {
  expect(refusal(versions, { margins })).toBe(message);
});

test('limits are read by the unit of their metric', () => {
  const { gate } = plan(
    `gate: {limits: {rss: 200MB, latencyP95: 200ms, cpuPerRequest: 300us, targetCpuPerRequest: 1.5µs, rps: 500, errorRate: 0%, achievedRate: 95%}}\n${versions}`,
  );
  expect(gate.limits).toEqual([
    { metric: 'cpuPerRequest', limit: 300 },
    { metric: 'targetCpuPerRequest', limit: 1.5 },
    { metric: 'rps', limit: 500 },
    { metric: 'achievedRate', limit: 0.95 },
    { metric: 'latencyP95', limit: 200_000 },
    { metric: 'errorRate', limit: 0 },
    { metric: 'rss', limit: 200e6 },
  ]);
});

test('a limit can be said for one run', () => {
  const set = ['gate.limits.latencyP50=5ms'];
  expect(plan(versions, { set }).gate.limits).toEqual([{ metric: 'latencyP50', limit: 5000 }]);
});
