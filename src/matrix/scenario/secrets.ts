import { secretHeader, soundsSecret } from '../../model/secrets.ts';
import { decoded } from './percent.ts';
import { hasMark, type Unwritten, withoutMarks } from './unwritten.ts';

/** A signed token, whatever it is called. */
const signed = /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g;

export const withoutTokens = (text: string, where: string, to: Unwritten): string =>
  text.replace(signed, (token) => to.hide('token', token, where));

/** The value without what is secret in it. What is a variable already stays. */
export function openHeader(name: string, value: string, where: string, to: Unwritten): string {
  if (!secretHeader.test(name) && !soundsSecret(name))
    return withoutTokens(value, `header ${name} of ${where}`, to);
  const [, scheme = '', rest = ''] = /^((?:Basic|Bearer|Token) +)?(.*)$/is.exec(value) ?? [];
  if (hasMark(rest) && withoutMarks(rest) === '') return scheme + rest;
  return (
    scheme +
    to.hide(name, rest, `header ${name} of ${where}${scheme && `, after ${scheme.trim()}`}`)
  );
}

/** Of a path with its query. */
export function openPath(path: string, where: string, to: Unwritten): string {
  const at = path.indexOf('?');
  if (at === -1) return withoutTokens(path, `path of ${where}`, to);
  const [before, query] = [path.slice(0, at), path.slice(at + 1)];
  return `${withoutTokens(before, `path of ${where}`, to)}?${openPairs(query, `query of ${where}`, to)}`;
}

/** `a=1&token=2`, of a query or a form. Values stay as they are encoded. */
function openPairs(text: string, where: string, to: Unwritten): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (at === -1 || value === '' || hasMark(value)) return pair;
      const called = decoded(name.replaceAll('+', ' '));
      if (soundsSecret(called))
        return `${name}=${to.hide(called, value, `${called} in the ${where}, percent-encoded`)}`;
      return `${name}=${withoutTokens(value, where, to)}`;
    })
    .join('&');
}

/** By what the text is, not by its type: curl calls everything a form. */
export function openBody(body: string, where: string, to: Unwritten): string {
  const of = `body of ${where}`;
  const json = jsonOf(body);
  if (json === null) return pairs.test(body) ? openPairs(body, of, to) : openText(body, of, to);
  const opened = openJson(json.value, '', of, to, false);
  // The text as it was where nothing in it was secret.
  return opened === json.value ? body : JSON.stringify(opened).replace(bareNumber, '$1');
}

/** Of JSON that is not whole, of XML, of anything: what stands in fields that sound like secrets. */
const fields =
  /("([\w-]+)"\s*:\s*")((?:[^"\\]|\\.)+)(?=")|(<([\w:-]+)(?:\s[^<>]*)?>)([^<>]+)(?=<\/)/g;

const openText = (body: string, of: string, to: Unwritten): string =>
  withoutTokens(body, of, to).replace(
    fields,
    (
      whole,
      key: string,
      name: string,
      value: string,
      tag: string,
      element: string,
      text: string,
    ) => {
      const [before, called, inside] =
        key === undefined ? [tag, element, text] : [key, name, value];
      if (!soundsSecret(called) || hasMark(inside)) return whole;
      return before + to.hide(called, inside, `${called} in the ${of}`);
    },
  );

const pairs = /^[^=&\s]+=[^\s]*$/;

function jsonOf(text: string): { readonly value: unknown } | null {
  try {
    return /^\s*[[{]/.test(text) ? { value: JSON.parse(text) } : null;
  } catch {
    return null;
  }
}

/** Stands around a number, which has no quotes in JSON. */
const bare = '\uE002';
const bareNumber = /"\uE002([^"]*)\uE002"/g;

/** The same value where nothing in it is secret. */
function openJson(
  value: unknown,
  name: string,
  where: string,
  to: Unwritten,
  isSecret: boolean,
): unknown {
  if (typeof value === 'string') {
    if (!isSecret || value === '' || hasMark(value)) return withoutTokens(value, where, to);
    return to.hide(name, value, `${name} in the ${where}`);
  }
  if (typeof value === 'number' && isSecret)
    return `${bare}${to.hide(name, String(value), `${name} in the ${where}`)}${bare}`;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const own = Array.isArray(value) ? name : key;
    return [key, openJson(inner, own, where, to, isSecret || soundsSecret(own)), inner] as const;
  });
  if (entries.every(([, opened, inner]) => opened === inner)) return value;
  if (Array.isArray(value)) return entries.map(([, opened]) => opened);
  return Object.fromEntries(entries.map(([key, opened]) => [key, opened]));
}
