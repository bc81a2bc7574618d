import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { draftFromOpenapi, type OpenapiMethod } from '../../../../src/matrix/scenario/openapi.ts';

const shop = readFileSync(
  new URL('../../../fixtures/scenario/shop.openapi.yaml', import.meta.url),
  'utf8',
);
const draft = (...methods: readonly OpenapiMethod[]) => draftFromOpenapi(shop, 'shop', methods);

describe('a description of an API', () => {
  it('is one request for each GET, with the examples and defaults that it has', () => {
    const { requests, origin, leftOut } = draft('get');
    expect(requests.map(({ path }) => path)).toEqual([
      '/v3/items?page=1&tags=red%20shoes&sort=price&shop=${SHOP}',
      '/v3/items/a%2F7',
      '/v3/items/a%2F7/pictures/${PICTURE_ID}?api_key=${KEY}',
    ]);
    expect(requests.map(({ headers }) => headers)).toEqual([
      { accept: 'application/json' },
      { 'X-Trace': 'abc', cookie: '${COOKIE}', authorization: 'Bearer ${TOKEN}' },
      {},
    ]);
    expect(origin).toBe('https://eu.shop.example');
    expect(leftOut).toEqual(['Left out: 3 operations of other methods (--methods chooses).']);
  });

  it('is the same in JSON', () => {
    expect(draftFromOpenapi(JSON.stringify(parse(shop)), 'shop', ['get'])).toEqual(draft('get'));
  });

  it('names what has no example, and what is secret', () => {
    expect(draft('get').variables.map(({ name, why }) => `${name} ${why}`)).toEqual([
      ...['SHOP unknown', 'TOKEN secret', 'COOKIE secret', 'PICTURE_ID unknown', 'KEY secret'],
    ]);
  });

  it('takes bodies from schemas, and leaves out what has none', () => {
    const { requests, leftOut } = draft('post', 'delete');
    expect(requests.map(({ method, body, status }) => [method, body, status])).toEqual([
      ['POST', '{"name":"Shoe","price":9.5}', 201],
      ['DELETE', null, 204],
    ]);
    expect(leftOut).toContain(
      'Left out: POST /search, whose body has no example, or whose path is none.',
    );
  });

  it('a schema that holds another many times over does not take for ever', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => {
        const next = { $ref: `#/components/schemas/s${i + 1}` };
        return [`s${i}`, { properties: { a: next, b: next } }];
      }),
    );
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/s0' } } };
    const api = {
      ...{ openapi: '3.0.0', components: { schemas } },
      paths: { '/x': { get: {}, post: { requestBody: { content } } } },
    };
    const { requests, leftOut } = draftFromOpenapi(JSON.stringify(api), 'x', ['get', 'post']);
    expect(requests).toHaveLength(1);
    expect(leftOut).toHaveLength(1);
  });

  it.each([
    ['swagger: "2.0"', 'x: is Swagger 2.0. Convert it to OpenAPI 3 first'],
    ['a: [', 'x: is neither YAML nor JSON: '],
    ['hello', 'x: has no key openapi: 3.x. Give an OpenAPI 3 description'],
    [
      'openapi: 3.0.0',
      'x: has no operation of get that can be sent. Choose others with --methods.',
    ],
  ])('refused: %s', (text, words) => {
    expect(() => draftFromOpenapi(text, 'x', ['get'])).toThrow(words);
    expect(() => draftFromOpenapi(text, 'x', ['get'])).toThrow(/^[^\n]*$/);
  });
});
