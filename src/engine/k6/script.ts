/** Runs inside k6, not inside Node: k6 has its modules and no others. Its task is JSON in BENCH_K6. */
import { check } from 'k6';
import type { Options } from 'k6/options';
import http from 'k6/http';
import type { Expectation } from '../../model/settings.ts';
import type { ScriptTask } from './task.ts';

type Answer = ReturnType<typeof http.request>;

const { origin, connections, tls, isKept, timeoutMs, requests } = JSON.parse(
  __ENV.BENCH_K6 ?? '{}',
) as ScriptTask;
const tlsVersion = tls === 'none' ? null : (`tls${tls}` as const);

export const options: Options = {
  vus: connections,
  // Until it is told to end.
  duration: '24h',
  noConnectionReuse: !isKept,
  ...(tlsVersion === null ? {} : { tlsVersion: { min: tlsVersion, max: tlsVersion } }),
  maxRedirects: 0,
  summaryTrendStats: ['p(90)'],
};

/** What is not looked at is not kept. */
const responseTypes = { any: 'none', equals: 'text', includes: 'text', bytes: 'binary' } as const;

const expectation =
  ({ status, body }: Expectation) =>
  (answer: Answer): boolean =>
    answer.status === status && isExpected(body, answer.body);

function isExpected(expected: Expectation['body'], body: Answer['body']): boolean {
  switch (expected.kind) {
    case 'any':
      return true;
    case 'equals':
      return body === expected.text;
    case 'includes':
      return typeof body === 'string' && body.includes(expected.text);
    case 'bytes':
      return body instanceof ArrayBuffer && body.byteLength === expected.bytes;
  }
}

const steps = requests.map(({ method, path, headers, body, expect }) => ({
  method,
  url: `${origin}${path}`,
  body,
  params: {
    headers: { ...headers },
    timeout: timeoutMs,
    responseType: responseTypes[expect.body.kind],
  },
  checks: { 'as expected': expectation(expect) },
}));

/** Of each VU: every one has the module for itself. */
let next = 0;

export default function iterate(): void {
  const step = steps[next % steps.length];
  next += 1;
  if (step === undefined) throw new Error('there is nothing to send');
  const { method, url, body, params, checks } = step;
  check(http.request(method, url, body, params), checks);
}

export function handleSummary({ metrics }: { readonly metrics: object }) {
  return { stdout: JSON.stringify(metrics) };
}
