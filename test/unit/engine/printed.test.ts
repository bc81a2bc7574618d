import { describe, expect, it } from 'vitest';
import { read as readAutocannon } from '../../../src/engine/autocannon.ts';
import { read as readK6 } from '../../../src/engine/k6.ts';
import { read as readOha } from '../../../src/engine/oha.ts';
import { read as readWrk } from '../../../src/engine/wrk.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

/** As wrk 4.1 printed it on loopback, interrupted after 0.9 s. */
const wrk = `Running 60m test @ http://127.0.0.1:34519/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.22ms    1.90ms  15.91ms   88.27%
    Req/Sec     8.13k     4.17k   14.23k    66.67%
  Latency Distribution
     50%  345.00us
     75%    1.51ms
     90%    3.41ms
     99%    9.55ms
  5628 requests in 894.22ms, 698.00KB read
Requests/sec:   6293.72
Transfer/sec:    780.57KB
`;

describe('what wrk prints', () => {
  it('holds its requests and its latency', () => {
    const { counts, p90Ms, firstError } = readWrk(wrk);
    expect(counts).toMatchObject({ requests: 5628, errors: 0 });
    expect(p90Ms).toBeCloseTo(3.41, 9);
    expect(firstError).toBeNull();
  });

  it.each([
    ['345.00us', 0.345],
    ['1.51ms', 1.51],
    ['2.00s', 2_000],
    ['1.00m', 60_000],
  ])('has latencies in units: %s', (shown, ms) => {
    expect(readWrk(wrk.replace('3.41ms', shown)).p90Ms).toBeCloseTo(ms, 9);
  });

  it('tells errors only where there were any, and unexpected answers are not requests', () => {
    const errors =
      '  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 28\n';
    const { counts, firstError } = readWrk(wrk.replace('Requests/sec', `${errors}Requests/sec`));
    expect(counts).toMatchObject({ requests: 5600, errors: 38 });
    expect(firstError).toContain('timeout 4');
  });

  it('is refused where it is something else', () => {
    expect(() => readWrk('unable to connect')).toThrow('no totals');
  });
});

describe('what autocannon prints', () => {
  const result = {
    latency: { p90: 0 },
    requests: { total: 1000, sent: 1008 },
    errors: 2,
    timeouts: 1,
    non2xx: 10,
    statusCodeStats: { 500: { count: 10 }, 200: { count: 990 } },
  };

  it('holds its requests, failures and statuses', () => {
    const { counts, p90Ms, statuses, firstError } = readAutocannon(JSON.stringify(result));
    expect(counts).toMatchObject({ requests: 990, errors: 12 });
    // Whole milliseconds: 0 stands for less than one.
    expect(p90Ms).toBe(1);
    expect(statuses).toEqual([200, 500]);
    expect(firstError).toContain('2 connection errors');
  });

  it('is refused where a figure is missing', () => {
    expect(() => readAutocannon('{}')).toThrow('no non2xx in its JSON');
  });
});

describe('what the script of k6 prints', () => {
  /** As k6 1.1 printed them, without those that are not read. */
  const metrics = {
    iteration_duration: { type: 'trend', contains: 'time', values: { 'p(90)': 1.49 } },
    checks: { type: 'rate', contains: 'default', values: { rate: 0.9, passes: 16_200, fails: 0 } },
  };

  it('holds the answers that were as expected, and how long an iteration takes', () => {
    const { counts, p90Ms, firstError } = readK6(JSON.stringify(metrics));
    expect(counts).toMatchObject({ requests: 16_200, errors: 0 });
    expect({ p90Ms, firstError }).toEqual({ p90Ms: 1.49, firstError: null });
  });

  it('tells how many were not', () => {
    const checks = { values: { passes: 100, fails: 3 } };
    const { counts, firstError } = readK6(JSON.stringify({ ...metrics, checks }));
    expect(counts).toMatchObject({ requests: 100, errors: 3 });
    expect(firstError).toBe('3 answers were not as expected, or did not come');
  });

  it('is refused where a figure is missing', () => {
    expect(() => readK6('{}')).toThrow('no checks fails in its summary');
  });
});

describe('what oha prints', () => {
  const scenarioOf = (status: number) =>
    plan(
      `scenario: { requests: [{ expect: { status: ${status} } }] }\naxes: { version: { v1: {}, v2: {} } }`,
    ).cells[0].arms.baseline.scenario;
  /** As oha 1.16 printed it, without what is not read. */
  const result = {
    latencyPercentiles: { p50: 0.00005, p90: 0.0025 },
    statusCodeDistribution: { 200: 95_448, 503: 2 },
    errorDistribution: { 'aborted due to deadline': 5 },
  };

  it('holds its requests; what was in flight at the end is no error', () => {
    const { counts, p90Ms, statuses, firstError } = readOha(
      JSON.stringify(result),
      scenarioOf(200),
    );
    expect(counts).toMatchObject({ requests: 95_448, errors: 2 });
    expect(p90Ms).toBeCloseTo(2.5, 9);
    expect({ statuses, firstError }).toEqual({
      ...{ statuses: [200, 503], firstError: '2 answers were not 200' },
    });
  });

  it('counts as requests what the scenario expects', () => {
    const { counts } = readOha(JSON.stringify(result), scenarioOf(503));
    expect(counts).toMatchObject({ requests: 2, errors: 95_448 });
  });

  it('tells why nothing was answered', () => {
    const errorDistribution = { 'invalid peer certificate: UnknownIssuer': 161 };
    const failed = {
      ...{ latencyPercentiles: { p90: null }, statusCodeDistribution: {}, errorDistribution },
    };
    const { counts, firstError } = readOha(JSON.stringify(failed), scenarioOf(200));
    expect(counts).toMatchObject({ requests: 0, errors: 161 });
    expect(firstError).toBe('invalid peer certificate: UnknownIssuer');
  });

  it('is refused where a figure is missing', () => {
    expect(() => readOha('{}', scenarioOf(200))).toThrow('no statusCodeDistribution');
  });
});
