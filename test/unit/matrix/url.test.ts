import { describe, expect, it } from 'vitest';
import { declaredVersions, refuseWhatEnginesCannot } from '../../../src/campaign/refuse.ts';
import { parseTargetUrl } from '../../../src/model/url.ts';
import { plan, refusal, refusalOf, versions } from '../../fixtures/matrix/planned.ts';

const targetOf = (text: string, variables = {}) =>
  plan(`target: ${text}\n${versions}`, {}, 'm.yaml', variables).cells[0].arms.baseline.target;

describe('a URL of a target', () => {
  it.each([
    ['http://127.0.0.1:3000', { tls: false, host: '127.0.0.1', port: 3000 }],
    ['http://localhost/', { tls: false, host: 'localhost', port: 80, authority: 'localhost' }],
    ['https://api.example.com', { tls: true, port: 443, authority: 'api.example.com' }],
    ['https://API.example.com:8443', { port: 8443, authority: 'api.example.com:8443' }],
  ])('%s', (url, read) => {
    expect(parseTargetUrl(url)).toMatchObject(read);
  });

  it.each([
    ['localhost:3000', 'is no URL of HTTP. Begin it with http:// or https://.'],
    ['3000', 'is no URL. Write one such as http://127.0.0.1:3000.'],
    ['http://a:0', 'has the port 0. Write the one that the server listens on.'],
    [
      'http://u:p@a',
      'has a user in it. Send an authorization header in scenario.requests instead.',
    ],
    ['http://a/v1', 'has more than a host and a port. Put paths into scenario.requests.'],
    ['http://a/?x', 'has more than a host and a port. Put paths into scenario.requests.'],
    ['http://[::1]:80', 'has an IPv6 address. Write an IPv4 address, or a name that has one.'],
  ])('%s is refused', (url, why) => {
    expect(parseTargetUrl(url)).toBe(why);
    expect(refusal(`target: { url: '${url}' }\n${versions}`)).toBe(
      `m.yaml:1:16: target.url: "${url}" ${why}`,
    );
  });
});

describe('a target that runs already', () => {
  it('needs no more than its URL', () => {
    expect(targetOf("{ url: 'http://127.0.0.1:3000' }")).toEqual({
      ...{ kind: 'url', url: 'http://127.0.0.1:3000', servername: null, verify: true },
    });
  });

  it('says the name that its certificate has, and whether it is verified', () => {
    const url = 'https://127.0.0.1:3000';
    expect(targetOf(`{ url: '${url}', servername: api.example.com }`)).toMatchObject({
      servername: 'api.example.com',
    });
    expect(targetOf(`{ url: '${url}', verify: false }`)).toMatchObject({ verify: false });
  });

  it.each([
    ['url: http://a, key: rsa', 'target.key: belongs to a target that bench starts'],
    ["url: http://a, env: { A: '1' }", 'target.env: belongs to a target that bench starts'],
    ['url: http://a, delay: 1ms', 'target.delay: belongs to a target that bench starts'],
    ['url: http://a, ready: { path: / }', 'target.ready: belongs to a target that bench starts'],
    ['url: http://a, start: npm start', 'target.start: belongs to a target that bench starts'],
    ['servername: a', 'target.servername: belongs to a target that runs already'],
    ['url: http://a, verify: false', 'target.verify: has no effect on a url of plain http'],
    ['url: http://a, servername: b', 'target.servername: has no effect on a url of plain http'],
    ['url: https://a, servername: 10.0.0.1', '"10.0.0.1" is not a name that a certificate carries'],
    ["url: https://a, verify: 'no'", '"no" is not true or false.'],
  ])('{ %s } is refused', (text, why) => {
    expect(refusal(`target: { ${text} }\n${versions}`)).toContain(why);
  });

  it('replaces a started one with all that belongs to it', () => {
    const base = "target: { start: npm start, key: rsa, env: { A: '1' } }";
    const of = plan(base, { baseline: 'url:http://127.0.0.1:1', candidate: 'url:http://a:2' });
    expect(of.compare.side).toBe('target');
    const { baseline, candidate } = of.cells[0].arms;
    expect([baseline.target, candidate.target]).toEqual([
      { kind: 'url', url: 'http://127.0.0.1:1', servername: null, verify: true },
      { kind: 'url', url: 'http://a:2', servername: null, verify: true },
    ]);
  });

  it('may have variables in its host, which are not stored', () => {
    const url = "{ url: 'http://${HOST}:${PORT}' }";
    const variables = { HOST: '127.0.0.1', PORT: '80' };
    expect(targetOf(url, variables)).toMatchObject({ url: 'http://${HOST}:${PORT}' });
    const text = `target: ${url}\n${versions}`;
    expect(refusal(text, {}, 'm.yaml', { HOST: '127.0.0.1' })).toContain('PORT is not set');
    expect(refusal(text, {}, 'm.yaml', { ...variables, HOST: 'a b' })).toContain(
      'with the value of HOST and PORT it has a character that cannot stand here',
    );
  });
});

describe('before anything runs', () => {
  const refused = (text: string) =>
    refusalOf(() => {
      const of = plan(`${text}\n${versions}`);
      refuseWhatEnginesCannot(of, declaredVersions);
      return of;
    });
  const https = 'target: { url: https://api.example.com }\n';

  it.each([
    [https, 'in cell all target.url is https://api.example.com and connection.tls is none'],
    [
      "target: { url: 'http://a' }\nconnection: { tls: 1.3 }",
      'in cell all target.url is http://a and connection.tls is 1.3: name a https:// one',
    ],
    [
      `${https}connection: { tls: 1.3 }`,
      'engine http cannot honour connection.ca: none with TLS to https://api.example.com',
    ],
    [
      `${https}connection: { tls: 1.3 }\nclient: { engine: autocannon }`,
      'engine autocannon cannot honour target.url with TLS to api.example.com (it sends no name in TLS)',
    ],
  ])('%s is refused', (text, why) => {
    expect(refused(text)).toContain(why);
  });

  it('a scheme that fits, and somebody who is trusted, are taken', () => {
    for (const more of ['ca: bundle', 'ca: { file: ./ca.pem }']) {
      const of = plan(`${https}connection: { tls: 1.3, ${more} }\n${versions}`);
      expect(() => refuseWhatEnginesCannot(of, declaredVersions)).not.toThrow();
    }
  });
});
