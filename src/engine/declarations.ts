import type {
  CaSource,
  ConnectionSettings,
  Dns,
  EngineName,
  Load,
  Reuse,
} from '../model/settings.ts';

/** By the version of TLS; one that is not in it is not honoured. */
type Sessions = { readonly [K in '1.2' | '1.3']?: readonly ConnectionSettings['session'][] };

/** What an engine can honour of what a matrix may ask of it, and what its figures are. */
export interface Declaration {
  readonly load: readonly Load['model'][];
  /** How many requests a scenario may have, and in which order. */
  readonly requests: readonly ('one' | 'sequence' | 'weighted')[];
  readonly method: readonly ('GET' | 'any other')[];
  readonly body: readonly ('none' | 'sent')[];
  readonly status: readonly ('200' | 'any other')[];
  readonly bodyCheck: readonly ('any' | 'equals' | 'includes' | 'bytes')[];
  /** The modes, and what becomes of TLS sessions in each. All of them do without TLS. */
  readonly reuse: { readonly [K in Reuse['kind']]?: Sessions };
  readonly context: readonly ConnectionSettings['context'][];
  readonly ca: readonly CaSource['kind'][];
  readonly dns: readonly Dns['kind'][];
  readonly workers: readonly ('1' | 'several' | 'on other machines')[];
  readonly runtime: readonly ('current' | 'another')[];
  /** The shortest request time-out. A rest of a program that is paused counts into it. */
  readonly leastTimeoutMs: number;
  /** What a latency of it is, if one is shown. Two that are not the same are not compared. */
  readonly latency: string;
  /** Whether a rest in the wrong moment may cost it a connection. */
  readonly losesByRest: boolean;
}

const anySession = ['none', 'resumed'] as const;
const eitherTls = { '1.2': anySession, '1.3': anySession } as const;
const neverResumed = { '1.2': ['none'], '1.3': ['none'] } as const;
/** With TLS 1.3 some handshakes are resumed and some are not, as it happens. */
const resumedBefore13 = { '1.2': ['resumed'] } as const;

/** Of our own workers. */
const everything: Declaration = {
  load: ['closed', 'constant-throughput', 'open'],
  requests: ['one', 'sequence', 'weighted'],
  method: ['GET', 'any other'],
  body: ['none', 'sent'],
  status: ['200', 'any other'],
  bodyCheck: ['any', 'equals', 'includes', 'bytes'],
  reuse: { 'keep-alive': eitherTls, close: eitherTls, every: eitherTls },
  context: ['shared', 'per-connection'],
  ca: ['none', 'bundle', 'part', 'file'],
  dns: ['literal', 'cached', 'per-connection'],
  workers: ['1', 'several'],
  runtime: ['current', 'another'],
  leastTimeoutMs: 0,
  latency: 'from when a request is due to the end of its answer, connecting included',
  losesByRest: false,
};

/** Of any program of others: it is paused, one process of it, and nothing of it is under our control. */
const stock = {
  load: ['closed'],
  requests: ['one'],
  context: ['shared'],
  dns: ['literal'],
  workers: ['1'],
  // It is a program of its own.
  runtime: ['current'],
  leastTimeoutMs: 3_000,
  losesByRest: false,
} as const;

/** What each engine promises. test/e2e/engine-claims.test.ts has the target count whether it is kept. */
export const declarations: Readonly<Record<EngineName, Declaration>> = {
  http: everything,
  undici: everything,
  wrk: {
    ...stock,
    method: ['GET'],
    body: ['none'],
    status: ['200'],
    bodyCheck: ['any'],
    reuse: { 'keep-alive': neverResumed, close: resumedBefore13 },
    // It verifies nothing.
    ca: ['none'],
    latency: 'from when a request is written to the end of its answer, connecting left out',
  },
  autocannon: {
    ...stock,
    method: ['GET', 'any other'],
    body: ['none', 'sent'],
    status: ['200'],
    bodyCheck: ['any'],
    // It connects anew without counting (reference/loadgen.md §0).
    reuse: { 'keep-alive': neverResumed },
    ca: ['none'],
    runtime: ['current', 'another'],
    latency: 'from when a request is written to the end of its answer, in whole milliseconds',
  },
  k6: {
    ...stock,
    requests: ['one', 'sequence'],
    method: ['GET', 'any other'],
    body: ['none', 'sent'],
    status: ['200', 'any other'],
    bodyCheck: ['any', 'equals', 'includes', 'bytes'],
    reuse: { 'keep-alive': neverResumed, close: neverResumed },
    ca: ['none', 'bundle', 'part', 'file'],
    latency:
      'from when a request is written to the end of its answer, without look-up, connecting and handshake',
    losesByRest: true,
  },
  oha: {
    ...stock,
    method: ['GET', 'any other'],
    body: ['none', 'sent'],
    status: ['200', 'any other'],
    bodyCheck: ['any'],
    reuse: { 'keep-alive': neverResumed, close: resumedBefore13 },
    ca: ['none', 'bundle', 'part', 'file'],
    latency: 'from when a user begins with a request to the end of its answer, connecting included',
  },
  locust: {
    ...everything,
    load: ['closed', 'constant-throughput'],
    reuse: { 'keep-alive': neverResumed, close: neverResumed, every: neverResumed },
    context: ['shared', 'per-connection', 'library'],
    dns: ['literal'],
    workers: ['1', 'several', 'on other machines'],
    latency:
      "from the call of the client to Locust's request event, waiting for other users of the worker included",
  },
};
