import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftFromCurl } from '../../src/matrix/scenario/curl.ts';
import { draftFromHar } from '../../src/matrix/scenario/har.ts';
import { draftFromOpenapi, openapiMethods } from '../../src/matrix/scenario/openapi.ts';
import { writtenDraft } from '../../src/matrix/scenario/write.ts';
import { BenchFailure } from '../../src/model/failure.ts';
import { foreignPrograms } from '../../src/model/imported.ts';
import { asLiteral, expanded } from '../../src/model/variables.ts';
import { readForeign } from '../../src/store/import/read.ts';
import { planMatrix } from '../../src/matrix/plan.ts';

/** Whatever is thrown is for the user, in one line. */
function orRefused<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(BenchFailure);
    expect(String(error)).not.toContain('\n');
    return null;
  }
}

/** A file that was written is a matrix file: it is planned once its variables are set. */
function planned(text: string): void {
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, 'value']);
  planMatrix({
    ...{ kind: 'text', name: 'x', file: 'x.yaml', text },
    variables: Object.fromEntries(names),
    options: {
      ...{ baseline: 'node@20.20.2', candidate: 'node@22.11.0', axis: null, side: null, only: [] },
      ...{ launches: null, budgetMs: null, workers: null, set: [], seed: 1 },
      ...{ margins: null, targetRate: null, failOn: 'never', strict: false },
    },
  });
}

const text = fc.string({ unit: 'binary', maxLength: 60 });
const runs = { numRuns: 300 };

describe('results of other programs', () => {
  const keys = [
    ...['metrics', 'http_reqs', 'http_req_failed', 'values', 'count', 'rate', 'passes', 'results'],
    ...['2xx', 'latency', 'duration', 'response_times', 'num_requests', 'name', 'type', 'metric'],
  ];
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(null, true, '', 'Point', 'http_reqs', 0, -1, 1e308, 3),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('json'), { maxKeys: 5 }),
    ),
  }));

  it.each(foreignPrograms)('%s: any text is read or refused', (program) => {
    const anything = fc.oneof(
      text,
      fc.json(),
      json.map((value) => JSON.stringify(value)),
      text.map((row) => `Type,Name,Request Count\n${row}`),
      text.map((row) => `Timestamp,User Count,Type,Name\n${row}`),
      text.map((row) => `  1 requests in 1s\n${row}\nRequests/sec: 1\n`),
    );
    fc.assert(
      fc.property(anything, (content) => {
        const totals = orRefused(() => readForeign(program, content, 'f'));
        if (totals === null) return;
        expect(totals.requests).toBeGreaterThan(0);
        expect(totals.requests / totals.seconds).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});

describe('scenarios of other formats', () => {
  const pair = fc.record({ name: text, value: text });
  const entry = fc.record({
    request: fc.record(
      {
        method: fc.constantFrom('GET', 'POST', 'get', 'ODD METHOD', 'CONNECT'),
        url: fc.oneof(
          fc.webUrl({ withQueryParameters: true, withFragments: true }),
          text.map((path) => `https://shop.example/${path}`),
          text,
        ),
        headers: fc.array(
          fc.record({
            name: fc.oneof(fc.constantFrom('cookie', 'authorization', 'x-a', 'accept'), text),
            value: text,
          }),
          { maxLength: 4 },
        ),
        postData: fc.record({
          mimeType: fc.constantFrom('application/json', 'text/plain', ''),
          text: fc.oneof(
            text,
            fc.json(),
            pair.map((one) => JSON.stringify({ token: one })),
          ),
        }),
      },
      { requiredKeys: ['method', 'url'] },
    ),
    response: fc.record({ status: fc.integer({ min: 0, max: 700 }) }),
  });

  it('any recording becomes a matrix file or is refused', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        const har = JSON.stringify({ log: { entries } });
        const draft = orRefused(() => draftFromHar(har, 'f', { origin: null, assets: true }));
        if (draft !== null) planned(writtenDraft(draft));
      }),
      runs,
    );
  });

  it('any text is no recording', () => {
    const anything = fc.oneof(text, fc.json());
    fc.assert(
      fc.property(anything, (content) => {
        expect(
          orRefused(() => draftFromHar(content, 'f', { origin: null, assets: true })),
        ).toBeNull();
      }),
      runs,
    );
  });

  const words = fc.constantFrom(
    ...['$ref', '#/a', '#/paths/~1x', 'example', 'schema', 'properties', 'items', 'allOf', 'enum'],
    ...['in', 'name', 'query', 'path', 'header', 'cookie', 'required', 'parameters', 'content'],
    ...['application/json', 'requestBody', 'responses', '200', 'security', 'type', 'default'],
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.oneof(words, text, fc.integer(), fc.constantFrom(null, true)),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(words, tie('node'), { maxKeys: 5 }),
    ),
  }));

  it('any description becomes a matrix file or is refused', () => {
    const api = fc.record({
      openapi: fc.constant('3.1.0'),
      servers: fc.oneof(node, fc.array(fc.record({ url: text }))),
      components: node,
      security: node,
      paths: fc.dictionary(
        fc.oneof(fc.constantFrom('/x', '/x/{id}'), text),
        fc.oneof(node, fc.record({ get: node, post: node, parameters: node })),
        { maxKeys: 3 },
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          api.map((one) => JSON.stringify(one)),
          text,
        ),
        (content) => {
          const draft = orRefused(() => draftFromOpenapi(content, 'f', openapiMethods));
          if (draft !== null) planned(writtenDraft(draft));
        },
      ),
      runs,
    );
  });

  it('any line becomes a matrix file or is refused', () => {
    const option = fc.constantFrom(
      ...['-H', '-d', '-X', '-b', '-u', '-G', '-sS', '--json', '--data-urlencode', '-A', '-L'],
    );
    const word = fc.oneof(
      text,
      text.map((inner) => `'${inner}'`),
      text.map((inner) => `$'${inner}'`),
      text.map((inner) => `"${inner} $NAME"`),
      option,
      fc.constantFrom('http://a.example/x?token=1', "'a: b'"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (line) => {
        const draft = orRefused(() => draftFromCurl(`curl http://a.example/ ${line.join(' ')}`));
        if (draft !== null) planned(writtenDraft(draft));
      }),
      { numRuns: 1000 },
    );
  });
});

it('what is written as a literal stands for itself', () => {
  const tricky = fc.array(fc.constantFrom('$', '{', '}', 'x', '${', '${x}'), { maxLength: 12 });
  fc.assert(
    fc.property(tricky, (parts) => {
      const plain = parts.join('');
      expect(expanded(asLiteral(plain), {})).toBe(plain);
    }),
    runs,
  );
});
