import { z } from 'zod';
import type {
  CaSource,
  Dns,
  Expectation,
  RequestSpec,
  Requests,
  Reuse,
  Scenario,
  Settings,
  WeightedRequest,
} from '../model/settings.ts';
import { engineNames, parseEngine } from './engine.ts';
import {
  day,
  dictionary,
  duration,
  durationAbove0,
  env,
  headerText,
  list,
  object,
  oneOf,
  pins,
  refuse,
  size,
  text,
  textLike,
  urlPath,
  whole,
} from './fields.ts';
import { load, loadKeys } from './load-schema.ts';
import { locustfileOf } from './locustfile.ts';
import { parseRuntime } from './runtime.ts';
import { target, targetKeys } from './target-schema.ts';
import { oneOfThese, shown } from './wording.ts';
import { workers } from './workers-schema.ts';

const body = object({
  equals: text('hello').optional(),
  includes: text('hello').optional(),
  bytes: size('13').optional(),
}).transform(({ equals, includes, bytes }, context): Expectation['body'] => {
  const given = [equals, includes, bytes].filter((check) => check !== undefined);
  if (given.length === 1) {
    if (equals !== undefined) return { kind: 'equals', text: equals };
    if (includes !== undefined) return { kind: 'includes', text: includes };
    if (bytes !== undefined) return { kind: 'bytes', bytes };
  }
  return refuse(
    context,
    `${given.length === 0 ? 'checks nothing' : 'checks more than one thing'}. Write one of equals, includes, bytes.`,
  );
});

const expect = object({
  status: whole(100, 200).max(599, 'is not an HTTP status. Write one such as 200.').default(200),
  body: body.default({ kind: 'any' }),
});

const headers = dictionary(text('text/html'), '{ accept: text/html }').superRefine(
  (given, context) => {
    for (const [name, value] of Object.entries(given)) {
      if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
        refuse(context, 'is not the name of a header. Write one such as accept.', [name]);
      if (name.toLowerCase() === 'connection')
        refuse(context, 'is up to the client. Set connection.reuse instead.', [name]);
      if (/^(content-length|transfer-encoding)$/i.test(name))
        refuse(context, 'follows from the body. Set body instead.', [name]);
      if (!headerText.test(value))
        refuse(context, `${shown(value)} cannot be sent in a header. Write printable text.`, [
          name,
        ]);
    }
  },
);

/** Rounds of a mix are counted out, so they are finite. */
const mostWeight = 1_000;

const request = object({
  method: textLike(/^[A-Z]+(-[A-Z]+)*$/, 'a method in capital letters', 'GET').default('GET'),
  path: urlPath.default('/'),
  headers: headers.prefault({}),
  body: text('hello').nullable().default(null),
  expect: expect.prefault({}),
  weight: whole(1, 3)
    .max(mostWeight, `is above ${mostWeight}. Divide all weights by the same.`)
    .optional(),
});

const requests = list(request, '[{ method: GET, path: / }]')
  .min(1, 'has no request. Write one such as { method: GET, path: / }.')
  .transform((said): Requests => {
    const isWeighted = said.some(({ weight }) => weight !== undefined);
    const [first, ...others] = said.map(({ weight = 1, ...one }) => ({ ...one, weight }));
    if (first === undefined) return z.NEVER;
    if (isWeighted) return { order: 'weighted', requests: [first, ...others] };
    const plain = ({ weight: _, ...one }: WeightedRequest): RequestSpec => one;
    return { order: 'sequence', requests: [plain(first), ...others.map(plain)] };
  })
  .prefault([{}]);

const runtime = text('node@20.20.2').transform((given, context) => {
  const read = parseRuntime(given);
  return (
    read ??
    refuse(
      context,
      `${shown(given)} is not a runtime. Write node@20.20.2, python@3.11, a path that begins with / or ./, or current.`,
    )
  );
});

const engine = text('http').transform((given, context) => {
  const read = parseEngine(given);
  if (read !== null) return read;
  const known = [...engineNames, 'npm:undici@7.30.2', 'locust@2.31.0'];
  return refuse(
    context,
    `${shown(given)} is not one of ${known.join(', ')}. ${oneOfThese(given, engineNames)}`,
  );
});

const clientKeys = object({
  engine: engine.prefault('http'),
  runtime: runtime.prefault('current'),
  asOf: day.optional(),
  with: pins.prefault({}),
  workers: workers.default({ workers: 1, remote: null }),
  requestTimeout: durationAbove0('10s').prefault('10s'),
  env: env.prefault({}),
  file: text('locustfile.py').min(1, 'is empty. Write a path.').optional(),
  userClass: oneOf(['HttpUser', 'FastHttpUser']).optional(),
});

const client = clientKeys.transform(
  ({ requestTimeout, asOf = null, file, userClass, workers, ...rest }, context) => ({
    ...{ ...rest, ...workers, asOf },
    requestTimeoutMs: requestTimeout,
    locustfile: locustfileOf(rest.engine, { file, userClass }, context),
  }),
);

const choice = (choices: readonly string[]) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    `${shown(input)} is not one of ${choices.join(', ')}. ${oneOfThese(String(input), choices)}`,
});

const tls = z
  .union([z.enum(['none', '1.2', '1.3']), z.literal([1.2, 1.3])], choice(['none', '1.2', '1.3']))
  // YAML reads an unquoted 1.3 as a number.
  .transform((given) => (given === 1.2 ? '1.2' : given === 1.3 ? '1.3' : given));

const reuse = z
  .union(
    [z.enum(['keep-alive', 'close']), object({ every: whole(1, 10) })],
    choice(['keep-alive', 'close', '{ every: 10 }']),
  )
  .transform(
    (given): Reuse =>
      typeof given === 'string' ? { kind: given } : { kind: 'every', requests: given.every },
  );

/** Node's bundle has some 140, and more or fewer by its release. */
const mostOfBundle = 100;

const ca = z
  .union(
    [
      z.enum(['none', 'bundle']),
      object({ file: text('./ca.pem').min(1, 'is empty. Write a path.') }),
      object({ bundle: whole(1, 24).max(mostOfBundle, `is above ${mostOfBundle}. Write bundle.`) }),
    ],
    choice(['none', 'bundle', '{ bundle: 24 }', '{ file: ./ca.pem }']),
  )
  .transform((given): CaSource => {
    if (typeof given === 'string') return { kind: given };
    return 'file' in given
      ? { kind: 'file', path: given.file }
      : { kind: 'part', certificates: given.bundle };
  });

const dns = z
  .union(
    [
      z.enum(['literal', 'cached', 'per-connection']),
      object({
        lookup: oneOf(['cached', 'per-connection']),
        delay: duration('5ms').prefault('0ms'),
      }),
    ],
    choice(['literal', 'cached', 'per-connection', '{ lookup: per-connection, delay: 5ms }']),
  )
  .transform((given): Dns => {
    if (given === 'literal') return { kind: given };
    if (typeof given === 'string') return { kind: given, delayMs: 0 };
    return { kind: given.lookup, delayMs: given.delay };
  });

const connection = object({
  tls: tls.prefault('none'),
  reuse: reuse.prefault('keep-alive'),
  session: oneOf(['none', 'resumed']).default('none'),
  context: oneOf(['shared', 'per-connection', 'library']).default('shared'),
  ca: ca.prefault('none'),
  dns: dns.prefault('literal'),
});

/** One variant, or the base: anything that a setting can say, and nothing that it must. */
export const overlayShape = {
  scenario: object({ requests, load: loadKeys.prefault({}) }).prefault({}),
  target: targetKeys.prefault({}),
  client: clientKeys.prefault({}),
  connection: connection.prefault({}),
};

/** What base and overlays say together; nothing is optional any more. */
export const settingsSchema: z.ZodType<Settings> = object({
  scenario: object({ requests, load: load.prefault({}) })
    .transform((said): Scenario => ({ ...said.requests, load: said.load }))
    .prefault({}),
  target: target.prefault({}),
  client: client.prefault({}),
  connection: connection.prefault({}),
});
