import { type Given, curlOptions } from './curl-options.ts';
import { curlWords, refused } from './curl-words.ts';
import { type Draft, someRequests } from './draft.ts';
import { shown } from '../wording.ts';
import { encoded, encodedOdd } from './percent.ts';
import { draftRequest } from './request.ts';
import { hasMark, type Unwritten, unwrittenValues, withMarks } from './unwritten.ts';

/** The request that a command line of curl makes. @throws BenchFailure in one line. */
export function draftFromCurl(line: string): Draft {
  const to = unwrittenValues();
  const [program, ...words] = curlWords(line, to);
  if (program !== 'curl')
    throw refused(`does not begin with curl. Give one such as curl 'https://shop.example/cart'.`);
  const given = curlOptions(words);
  const url = urlOf(given, to);
  const has = (does: Given['does']): boolean => given.some((option) => option.does === does);
  const data = dataOf(given);
  const inQuery = has('get') && data !== null;
  const query = [url.search.slice(1), inQuery ? encodedOdd(data) : '']
    .filter((part) => part !== '')
    .join('&');
  const body = inQuery ? null : data;
  const method = lastOf(given, 'method') ?? (has('head') ? 'HEAD' : body === null ? 'GET' : 'POST');
  const raw = {
    ...{ method, body, status: 200 },
    path: withMarks(url.pathname + (query === '' ? '' : `?${query}`)),
    headers: headersOf(given, url, body !== null, to),
  };
  const draft = draftRequest(raw, to);
  const { requests } = someRequests(draft === null ? [] : [draft], () =>
    refused(
      `asks for ${shown(method)} ${url.pathname}, which cannot be sent. Correct the method or the path.`,
    ),
  );
  return {
    source: `The request of a curl line to ${url.origin}`,
    ...{ origin: url.origin, requests, variables: to.variables() },
    leftOut: [
      ...(has('redirects')
        ? [
            'Redirects are not followed (-L): expect the status of the first answer, or ask for where it leads.',
          ]
        : []),
      ...(has('insecure') ? ['Certificates of a run are its own, so -k has nothing to do.'] : []),
    ],
  };
}

const lastOf = (given: readonly Given[], does: Given['does']): string | null =>
  given.filter((option) => option.does === does).at(-1)?.value ?? null;

function urlOf(given: readonly Given[], to: Unwritten): URL {
  const [first, another] = given.filter(({ does }) => does === 'url').map(({ value }) => value);
  if (first === undefined)
    throw refused('has no URL. Write one such as https://shop.example/cart.');
  const asWritten = (url: string): string => shown(to.written(url));
  if (another !== undefined)
    throw refused(
      `has two URLs, ${asWritten(first)} and ${asWritten(another)}. Give one, and add the other in the matrix file.`,
    );
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(first) ? first : `http://${first}`;
  if (URL.canParse(whole)) {
    const url = new URL(whole);
    if (/^https?:$/.test(url.protocol)) return url;
  }
  const next = hasMark(first)
    ? 'Write the host itself; a variable may stand behind it'
    : 'Correct it';
  throw refused(`has the URL ${asWritten(first)}, which is not one of http or https. ${next}.`);
}

/** Joined by &, as curl does; null where there is none. */
function dataOf(given: readonly Given[]): string | null {
  const parts = given.flatMap(({ does, option, value }) => {
    if (does === 'data-raw') return [value];
    if (does !== 'data' && does !== 'data-urlencode' && does !== 'json') return [];
    if (value.startsWith('@') || (does === 'data-urlencode' && /^[^=]*@/.test(value)))
      throw refused(
        `takes the value of ${option} from a file (${shown(value)}). Write the text itself.`,
      );
    return [does === 'data-urlencode' ? encodedPair(value) : value];
  });
  const isJson = given.some(({ does }) => does === 'json');
  return parts.length === 0 ? null : parts.join(isJson ? '' : '&');
}

/** `name=content`, of which the content is encoded; without a name, all of it. */
function encodedPair(value: string): string {
  const at = value.indexOf('=');
  const [name, content] =
    at <= 0 ? ['', value.slice(at + 1)] : [value.slice(0, at + 1), value.slice(at + 1)];
  return name + withMarks(encoded(content));
}

/** What curl adds by itself comes first, and is left out where the line says otherwise. */
function headersOf(
  given: readonly Given[],
  url: URL,
  hasBody: boolean,
  to: Unwritten,
): readonly (readonly [string, string])[] {
  const said = given.filter(({ does }) => does === 'header').map(({ value }) => headerOf(value));
  const added: (readonly [string, string])[] = [];
  const isJson = given.some(({ does }) => does === 'json');
  if (isJson) added.push(['accept', 'application/json']);
  if (hasBody)
    added.push(['content-type', isJson ? 'application/json' : 'application/x-www-form-urlencoded']);
  for (const { does, option, value } of given) {
    if (does === 'agent') added.push(['user-agent', value]);
    if (does === 'referer') added.push(['referer', value.replace(/;auto$/, '')]);
    if (does === 'range') added.push(['range', `bytes=${value}`]);
    if (does === 'compressed') added.push(['accept-encoding', 'deflate, gzip']);
    if (does === 'bearer') added.push(['authorization', `Bearer ${value}`]);
    if (does === 'cookie') {
      if (!value.includes('='))
        throw refused(
          `takes its cookies from a file (${option} ${shown(value)}). Write them, as in -b 'name=value'.`,
        );
      added.push(['cookie', value]);
    }
  }
  const user = lastOf(given, 'user') ?? `${url.username}:${url.password}`;
  if (user !== ':') {
    const secret = to.hide(
      'authorization',
      user,
      'authorization of the line: name:password in base64',
    );
    added.push(['authorization', `Basic ${secret}`]);
  }
  const names = new Set(said.map(({ name }) => name.toLowerCase()));
  return [
    ...added.filter(([name]) => !names.has(name)),
    ...said.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])),
  ];
}

/** `Name: value`; `Name:` takes away what curl adds, and `Name;` sends it empty. */
function headerOf(said: string): { readonly name: string; readonly value: string | null } {
  const [, name, sign, rest = ''] = /^([^:;]+)([:;])(.*)$/s.exec(said) ?? [];
  if (name === undefined)
    throw refused(
      said.startsWith('@')
        ? `takes headers from a file (${shown(said)}). Write them.`
        : `has the header ${shown(said)}, which is not Name: value. Correct it.`,
    );
  const value = rest.trim();
  return { name: name.trim(), value: sign === ':' && value === '' ? null : value };
}
