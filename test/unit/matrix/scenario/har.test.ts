import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { draftFromHar, type HarOptions } from '../../../../src/matrix/scenario/har.ts';
import { writtenDraft } from '../../../../src/matrix/scenario/write.ts';

const shop = readFileSync(new URL('../../../fixtures/scenario/shop.har', import.meta.url), 'utf8');
const plain: HarOptions = { origin: null, assets: false };
const lines = (options: Partial<HarOptions> = {}) =>
  draftFromHar(shop, 'shop.har', { ...plain, ...options }).requests.map(
    ({ method, path, status }) => `${method} ${path} ${status}`,
  );

describe('a recording of a browser', () => {
  it('is the requests of the origin that most went to, in order, without assets', () => {
    expect(lines()).toEqual([
      'GET / 200',
      'GET /api/items?page=2&q=red%20shoes&template=$${x} 200',
      'POST /api/orders?access_token=${ACCESS_TOKEN} 201',
      'GET /missing 404',
      'POST /login 303',
      'GET /cart 200',
    ]);
  });

  it('assets are kept, and another origin is taken, where that is asked for', () => {
    expect(lines({ assets: true })).toContain('GET /style.css 200');
    expect(lines({ assets: true })).toHaveLength(9);
    expect(lines({ origin: 'http://127.0.0.1:18132/' })).toEqual(['GET /beacon 200']);
    expect(() => lines({ origin: 'http://elsewhere' })).toThrow(
      '--origin http://elsewhere: no request of shop.har went there. Choose one of http://127.0.0.1:18131, http://127.0.0.1:18132.',
    );
  });

  it('says what it leaves out', () => {
    expect(draftFromHar(shop, 'shop.har', plain).leftOut).toEqual([
      'Left out: 3 static assets (--assets keeps them).',
      'Left out: 1 request to http://127.0.0.1:18132 (--origin chooses).',
      'Left out: 1 request whose body is multipart or was not recorded, or whose method is odd.',
    ]);
  });

  it('keeps no header that the client decides', () => {
    const names = draftFromHar(shop, 'shop.har', plain).requests.flatMap(({ headers }) =>
      Object.keys(headers).map((name) => name.toLowerCase()),
    );
    expect([...new Set(names)].sort()).toEqual([
      ...['accept', 'accept-encoding', 'accept-language', 'authorization', 'content-type'],
      ...['cookie', 'user-agent', 'x-api-key'],
    ]);
  });

  it('no secret of it is in the file that is written', () => {
    const secrets = [
      ...['s3cr3t-session', 'hunter2', 'very-secret-bearer', 'key-abcdef', 'tok_visa_4242'],
      'tok-123456',
    ];
    const written = writtenDraft(draftFromHar(shop, 'shop.har', plain));
    for (const secret of secrets) {
      expect(shop).toContain(secret);
      expect(written).not.toContain(secret);
    }
  });

  it('asks for what a cache had answered', () => {
    const entry = {
      request: {
        ...{ method: 'GET', url: 'http://a.example/x' },
        headers: [{ name: 'If-None-Match', value: '"1"' }],
      },
      response: { status: 304 },
    };
    const har = (...entries: readonly unknown[]) => JSON.stringify({ log: { entries } });
    const [request] = draftFromHar(har(entry), 'f', plain).requests;
    expect(request).toMatchObject({ status: 200, headers: {} });
    const odd = [
      { ...entry, _fromCache: 'memory' },
      { ...entry, response: { status: 0 } },
      { ...entry, request: { ...entry.request, url: 'data:text/plain,x' } },
    ];
    expect(draftFromHar(har(entry, ...odd), 'f', plain)).toMatchObject({
      requests: [request],
      leftOut: ['Left out: 2 requests without an answer from a server.'],
    });
    expect(() => draftFromHar(har(...odd), 'f', plain)).toThrow(
      'f: has no request that a server answered',
    );
  });

  it.each([
    ['no JSON', 'f: is not JSON, and so no HAR.'],
    ['[]', 'f: is no HAR: it is not an object.'],
    [
      '{"log":{"entries":[{"request":{"method":"GET"}}]}}',
      'f: is no HAR: log.entries.0.request.url is missing or unfit.',
    ],
  ])('refused: %s', (text, words) => {
    expect(() => draftFromHar(text, 'f', plain)).toThrow(words);
  });
});
