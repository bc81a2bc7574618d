import { describe, expect, it } from 'vitest';
import type { RequestSpec } from '../../../src/model/settings.ts';
import { encodeRequest } from '../../../src/worker/request-bytes.ts';

const spec = (some: Partial<RequestSpec>): RequestSpec => ({
  method: 'GET',
  path: '/',
  headers: {},
  body: null,
  expect: { status: 200, body: { kind: 'any' } },
  ...some,
});
const origin = { host: '127.0.0.1', port: 8080, perConnection: null } as const;
const wire = (some: Partial<RequestSpec>, perConnection: number | null = null) =>
  encodeRequest(spec(some), { ...origin, perConnection }, 0).wire.toString('latin1');

describe('a request on the wire', () => {
  it('says where it goes and whether the connection is kept', () => {
    expect(wire({ path: '/a?b' })).toBe(
      'GET /a?b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: keep-alive\r\n\r\n',
    );
    expect(wire({}, 1)).toContain('\r\nConnection: close\r\n');
  });

  it('leaves Host to the scenario where that names one', () => {
    const text = wire({ headers: { host: 'example.test' } });
    expect(text.match(/^host: .*$/gim)).toEqual(['host: example.test']);
  });

  it('counts the bytes of a body, not its characters', () => {
    const encoded = encodeRequest(spec({ method: 'POST', body: 'né' }), origin, 0);
    expect(encoded.bodyBytes).toBe(3);
    expect(encoded.wire.toString('utf8')).toMatch(/Content-Length: 3\r\n[\s\S]*\r\n\r\nné$/);
  });

  it.each(['POST', 'PUT', 'PATCH'])('%s without a body says that it has none', (method) => {
    expect(wire({ method })).toContain('Content-Length: 0\r\n');
  });

  it('GET without a body says nothing of a length', () => {
    expect(wire({})).not.toContain('Content-Length');
  });
});
