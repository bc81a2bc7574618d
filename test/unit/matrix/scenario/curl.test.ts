import { describe, expect, it } from 'vitest';
import { draftFromCurl } from '../../../../src/matrix/scenario/curl.ts';

const only = (line: string) => draftFromCurl(line).requests[0];
const variables = (line: string) =>
  draftFromCurl(line).variables.map(({ name, why }) => `${name} ${why}`);

describe('the request of a curl line', () => {
  it.each<[string, Partial<ReturnType<typeof only>>]>([
    ['curl https://a.example', { method: 'GET', path: '/', headers: {}, body: null }],
    ['curl a.example/x?y=1', { path: '/x?y=1' }],
    ["curl -X DELETE 'http://a.example/x#part'", { method: 'DELETE', path: '/x' }],
    ['curl -XPUT -d a=1 -d b=2 http://a.example', { method: 'PUT', body: 'a=1&b=2' }],
    ['curl http://a.example --json \'{"a":\' --json 1}', { method: 'POST', body: '{"a":1}' }],
    [
      'curl -G http://a.example/x?z=0 -d a=1 --data-urlencode "b=ü &"',
      { method: 'GET', path: '/x?z=0&a=1&b=%C3%BC%20%26' },
    ],
    ['curl -I http://a.example', { method: 'HEAD' }],
    ['curl -sSLo /dev/null -w "%{http_code}" http://a.example', { method: 'GET' }],
    ['curl --url http://a.example/u', { path: '/u' }],
    [
      'curl http://a.example -A agent -e http://b.example -r 0-9 --compressed',
      {
        headers: {
          'user-agent': 'agent',
          referer: 'http://b.example',
          range: 'bytes=0-9',
          'accept-encoding': 'deflate, gzip',
        },
      },
    ],
    [
      "curl http://a.example -H 'X-A: 1' -H 'x-b;' -H 'Host: other' -H 'Content-Length: 9' -H 'accept:'",
      { headers: { 'X-A': '1', 'x-b': '' } },
    ],
    [
      "curl http://a.example -d x -H 'content-type: text/plain'",
      { headers: { 'content-type': 'text/plain' }, body: 'x' },
    ],
    ['curl \\\n  http://a.example/x \\\r\n  -H "a: b"', { path: '/x', headers: { a: 'b' } }],
    ["curl http://a.example --data-raw $'it\\'s \\u0041\\n'", { body: "it's A\n" }],
    ["curl http://a.example --data-raw '@no-file ${x} `y` $z'", { body: '@no-file $${x} `y` $z' }],
  ])('%s', (line, expected) => {
    expect(only(line)).toMatchObject(expected);
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      "curl http://a.example -H 'Authorization: Bearer abc'",
      { Authorization: 'Bearer ${AUTHORIZATION}' },
      ['AUTHORIZATION secret'],
    ],
    [
      'curl http://a.example -H "Authorization: Bearer $TOKEN"',
      { Authorization: 'Bearer ${TOKEN}' },
      ['TOKEN named'],
    ],
    [
      'curl http://a.example --oauth2-bearer abc',
      { authorization: 'Bearer ${AUTHORIZATION}' },
      ['AUTHORIZATION secret'],
    ],
    [
      'curl -u ann:pw http://a.example',
      { authorization: 'Basic ${AUTHORIZATION}' },
      ['AUTHORIZATION secret'],
    ],
    [
      'curl http://ann:pw@a.example',
      { authorization: 'Basic ${AUTHORIZATION}' },
      ['AUTHORIZATION secret'],
    ],
    ["curl http://a.example -b 'sid=1' -b 't=2'", { cookie: '${COOKIE}' }, ['COOKIE secret']],
    [
      "curl http://a.example -H 'x-api-key: k1'",
      { 'x-api-key': '${X_API_KEY}' },
      ['X_API_KEY secret'],
    ],
  ])('secrets stay out: %s', (line, headers, names) => {
    expect(only(line).headers).toEqual(headers);
    expect(variables(line)).toEqual(names);
  });

  it('secrets stay out of query and body too, under a name for each value', () => {
    const line = `curl 'http://a.example/x?api_key=k1&q=monkey' --data-raw '{"user":{"password":"p1","pin":12},"keyword":"k"}' -H 'x-old: ${jwt}' -H 'x-api-key: k2'`;
    expect(only(line)).toMatchObject({
      path: '/x?api_key=${API_KEY}&q=monkey',
      body: '{"user":{"password":"${PASSWORD}","pin":${PIN}},"keyword":"k"}',
      headers: { 'x-old': '${TOKEN}', 'x-api-key': '${X_API_KEY}' },
    });
    const form = "curl http://a.example -d 'user=ann&password=a%20b&password=c'";
    expect(only(form).body).toBe('user=ann&password=${PASSWORD}&password=${PASSWORD_2}');
  });

  it.each([
    ['{"password": "p\\"1", "a": "b" …', '{"password": "${PASSWORD}", "a": "b" …'],
    [
      '<login><password kind="x">p1</password><a>b</a></login>',
      '<login><password kind="x">${PASSWORD}</password><a>b</a></login>',
    ],
  ])('nor are they in a body that nothing reads: %s', (body, written) => {
    expect(only(`curl http://a.example --data-raw '${body}'`).body).toBe(written);
  });

  it('a variable of the line may stand in a path', () => {
    expect(only('curl "http://a.example/users/$USER_ID/x"').path).toBe('/users/${USER_ID}/x');
  });

  it.each<[string, string]>([
    ['wget http://a.example', 'curl: the line does not begin with curl.'],
    ['curl', 'curl: the line has no URL.'],
    [
      'curl http://a.example http://b.example',
      'curl: the line has two URLs, "http://a.example" and "http://b.example".',
    ],
    [
      'curl ftp://a.example',
      'curl: the line has the URL "ftp://a.example", which is not one of http or https.',
    ],
    ['curl http://$HOST/', 'Write the host itself; a variable may stand behind it.'],
    ['curl http://a.example?a=1&b=2', 'curl: the line has a "&" outside of quotes'],
    ['curl http://a.example | jq', 'curl: the line has a "|" outside of quotes'],
    ['curl http://a.example --http2', 'curl: the line has --http2, which is not carried over'],
    ['curl http://a.example --hedaer x', 'Did you mean --header?'],
    ['curl http://a.example -F a=b', 'curl: the line has -F, which is not carried over'],
    ['curl http://a.example -sFa=b', 'curl: the line has -F,'],
    [
      'curl http://a.example -d @body.json',
      'takes the value of -d from a file ("@body.json"). Write the text itself.',
    ],
    [
      'curl http://a.example --data-urlencode q@file',
      'takes the value of --data-urlencode from a file',
    ],
    ['curl http://a.example -b jar.txt', 'takes its cookies from a file (-b "jar.txt")'],
    ['curl http://a.example -H @file', 'takes headers from a file ("@file")'],
    ['curl http://a.example -H nonsense', 'has the header "nonsense", which is not Name: value.'],
    ['curl http://a.example -H', 'ends behind -H, which needs a value.'],
    ['curl http://a.example/$1', 'has "$1", which only its shell knows.'],
    ['curl ^"http://a.example^"', 'is written for cmd.exe'],
    ['curl http://a.example -X "G T"', 'asks for "G T" /, which cannot be sent.'],
  ])('refused: %s', (line, words) => {
    expect(() => draftFromCurl(line)).toThrow(words);
    expect(() => draftFromCurl(line)).toThrow(/^[^\n]*$/);
  });
});

/** Signed by nobody. */
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
