import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ForeignProgram } from '../../../src/model/imported.ts';
import { readForeign } from '../../../src/store/import/read.ts';

const folder = fileURLToPath(new URL('../../fixtures/foreign/', import.meta.url));
const textOf = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
const read = (program: ForeignProgram, file: string) => {
  const { form, requests, failures, seconds, latency } = readForeign(program, textOf(file), file);
  const { latencyMean, latencyP50, latencyP90, latencyP95, latencyP99 } = latency;
  const us = [latencyMean, latencyP50, latencyP90, latencyP95, latencyP99];
  return {
    ...{ form, requests, failures, seconds: Number(seconds.toFixed(3)) },
    us: us.map((value) => value && Math.round(value)),
  };
};

describe('what a program’s file says of its run', () => {
  it.each<[ForeignProgram, string, ReturnType<typeof read>]>([
    [
      'k6',
      'k6-export-1.json',
      {
        form: 'k6 summary',
        requests: 3079,
        failures: 0,
        seconds: 2.003,
        us: [2556, 2571, 2980, 3192, null],
      },
    ],
    [
      // `passes` of http_req_failed are the failed ones.
      'k6',
      'k6-export-flaky.json',
      {
        form: 'k6 summary',
        requests: 3102,
        failures: 345,
        seconds: 2.001,
        us: [2276, 2519, 2860, 2980, null],
      },
    ],
    [
      'k6',
      'k6-handle-summary.json',
      {
        form: 'k6 summary',
        requests: 3153,
        failures: 0,
        seconds: 2.002,
        us: [2490, 2535, 2794, 2894, null],
      },
    ],
    [
      'k6',
      'k6-1.5.0-machine.json',
      {
        form: 'k6 summary',
        requests: 2532,
        failures: 0,
        seconds: 2.002,
        us: [3054, 2956, 3677, 4201, null],
      },
    ],
    [
      'k6',
      'k6-points.ndjson',
      {
        form: 'k6 points',
        requests: 11,
        failures: 1,
        seconds: 0.039,
        us: [3073, 2875, 4634, 4768, 4808],
      },
    ],
    [
      'locust',
      'locust-2.31.0-1.json',
      {
        form: 'locust --json',
        requests: 130,
        failures: 0,
        seconds: 2.165,
        us: [33329, 4000, 120000, 120000, 120000],
      },
    ],
    [
      'locust',
      'locust-2.47.0-flaky.json',
      {
        form: 'locust --json',
        requests: 183,
        failures: 5,
        seconds: 2.287,
        us: [4404, 4000, 5000, 6000, 8000],
      },
    ],
    [
      'locust',
      'locust_stats.csv',
      {
        form: 'locust _stats.csv',
        requests: 584,
        failures: 0,
        seconds: 10,
        us: [35127, 6000, 120000, 130000, 130000],
      },
    ],
    [
      'locust',
      'locust_stats_history.csv',
      {
        form: 'locust _stats_history.csv',
        requests: 584,
        failures: 0,
        seconds: 10,
        us: [35127, null, null, null, null],
      },
    ],
    [
      'autocannon',
      'autocannon-1.json',
      {
        form: 'autocannon',
        requests: 3309,
        failures: 0,
        seconds: 2.01,
        us: [2000, 2000, 2000, null, 5000],
      },
    ],
    [
      'autocannon',
      'autocannon-flaky.json',
      {
        form: 'autocannon',
        requests: 2951,
        failures: 328,
        seconds: 2.01,
        us: [1930, 2000, 3000, null, 5000],
      },
    ],
    [
      'autocannon',
      'autocannon-slow-workers.json',
      {
        form: 'autocannon',
        requests: 64,
        failures: 0,
        seconds: 2.02,
        us: [122350, 122000, 124000, null, 133000],
      },
    ],
    [
      'wrk',
      'wrk-latency-1.txt',
      {
        form: 'wrk',
        requests: 3312,
        failures: 0,
        seconds: 2.004,
        us: [2410, 2340, 2700, null, 4460],
      },
    ],
    [
      'wrk',
      'wrk-plain.txt',
      {
        form: 'wrk',
        requests: 3326,
        failures: 0,
        seconds: 2.003,
        us: [2410, null, null, null, null],
      },
    ],
    [
      'wrk',
      'wrk-flaky.txt',
      {
        form: 'wrk',
        requests: 3186,
        failures: 355,
        seconds: 2.008,
        us: [2280, 2340, 2860, null, 5820],
      },
    ],
    [
      'wrk',
      'wrk-socket-errors.txt',
      {
        form: 'wrk',
        requests: 526,
        failures: 14,
        seconds: 3.014,
        us: [3260, 2490, 3920, null, 21940],
      },
    ],
  ])('%s: %s', (program, file, expected) => {
    expect(read(program, file)).toEqual(expected);
  });

  it('agrees with what Locust makes of the same run itself', () => {
    // Aggregated row: 584 requests, 58.4 a second, median 6 ms, 90 % 120 ms.
    const stats = read('locust', 'locust_stats.csv');
    const history = read('locust', 'locust_stats_history.csv');
    expect(history.requests / history.seconds).toBeCloseTo(stats.requests / stats.seconds, 2);
  });

  it('times of wrk have units', () => {
    const text = textOf('wrk-plain.txt');
    const mean = (shown: string) =>
      readForeign('wrk', text.replace('2.41ms', shown), 'x').latency.latencyMean;
    expect([mean('870.12us'), mean('1.02s'), mean('2.00m')]).toEqual([
      870.12, 1_020_000, 120_000_000,
    ]);
  });
});

describe('what is no such file is refused in one line', () => {
  const wrk = textOf('wrk-latency-1.txt');
  const k6 = textOf('k6-export-1.json');
  it.each<[ForeignProgram, string, string]>([
    ['k6', '', 'f: k6 had no answer that it expected (0 requests failed)'],
    ['k6', '{}', 'f: metrics is missing or unfit, so it is not a summary of k6'],
    [
      'k6',
      k6.replaceAll('"http_reqs"', '"reqs"'),
      'f: has no http_reqs (count), so it is not a summary',
    ],
    [
      'k6',
      k6.replaceAll('"http_req_failed"', '"x"'),
      'f: has no http_req_failed (matches or passes)',
    ],
    [
      'k6',
      `${textOf('k6-points.ndjson')}{"metric":"http_re`,
      'f: line 183 is neither a metric nor a point',
    ],
    ['k6', textOf('autocannon-1.json'), 'f: metrics is missing'],
    ['locust', '[]', 'f: locust had no answer that it expected (0 requests failed)'],
    ['locust', '[{}]', 'f: 0.start_time is missing or unfit, so it is not what Locust reports'],
    [
      'locust',
      'Method,Name,Error,Occurrences\n',
      'f: is not what Locust reports. Give the JSON of `locust',
    ],
    ['locust', 'Type,Name,Request Count\n', 'f: has no row Aggregated'],
    [
      'locust',
      'Type,Name,Request Count\n,Aggregated,N/A\n',
      'f: has no number in the column Request Count',
    ],
    [
      'locust',
      textOf('locust_stats_history.csv').split('\n').slice(0, 2).join('\n'),
      'f: has fewer than two rows',
    ],
    ['autocannon', wrk, 'f: is not a result of autocannon'],
    [
      'autocannon',
      textOf('autocannon-refused.json'),
      'f: autocannon had no answer that it expected (4178 requests',
    ],
    ['wrk', textOf('wrk-refused.txt'), 'f: has no line "N requests in"'],
    ['wrk', wrk + wrk, 'f: holds 2 runs, and each file is one launch'],
    ['wrk', `  Thread calibration: mean lat.: 1ms\n${wrk}`, 'f: is of wrk2'],
  ])('%s: %#', (program, text, words) => {
    expect(() => readForeign(program, text, 'f')).toThrow(words);
    expect(() => readForeign(program, text, 'f')).toThrow(/^[^\n]*$/);
  });
});
