import { headerText, pathText } from '../fields.ts';
import type { DraftRequest, RawRequest } from './draft.ts';
import { openBody, openHeader, openPath, withoutTokens } from './secrets.ts';
import type { Unwritten } from './unwritten.ts';

/**
 * What the client of a run decides by itself, or what speaks of the browser that was recorded: its connection, its cache,
 * the page that it came from.
 */
const clients =
  /^(:.*|host|connection|proxy-connection|keep-alive|te|trailer|upgrade|upgrade-insecure-requests|transfer-encoding|content-length|expect|http2-settings|if-none-match|if-modified-since|priority|dnt|sec-.*)$/i;

/** Null where the text cannot be a request of a matrix: an odd method, or a path that is none. */
export function draftRequest(raw: RawRequest, to: Unwritten): DraftRequest | null {
  const method = raw.method.toUpperCase();
  if (!/^[A-Z]+(-[A-Z]+)*$/.test(method) || method === 'CONNECT') return null;
  const [plain = ''] = raw.path.split('?');
  const where = `${method} ${to.written(withoutTokens(plain, `path of ${method}`, to))}`;
  const path = to.written(openPath(raw.path, where, to));
  if (!pathText.test(path)) return null;
  const headers = headersOf(raw, where, to);
  const body = raw.body === null ? null : to.written(openBody(raw.body, where, to));
  // A recorded 304 was the answer to a question about a cache, which is not asked.
  return { method, path, headers, body, status: raw.status === 304 ? 200 : raw.status };
}

/** Those of one name are joined, as a server would do. */
function headersOf(
  { headers }: RawRequest,
  where: string,
  to: Unwritten,
): Readonly<Record<string, string>> {
  const joined = new Map<string, { readonly name: string; readonly value: string }>();
  for (const [name, value] of headers) {
    if (clients.test(name) || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) continue;
    const key = name.toLowerCase();
    const before = joined.get(key);
    const between = key === 'cookie' ? '; ' : ', ';
    joined.set(
      key,
      before === undefined ? { name, value } : { ...before, value: before.value + between + value },
    );
  }
  return Object.fromEntries(
    [...joined.values()]
      .map(
        ({ name, value }) => [name, to.written(openHeader(name, value.trim(), where, to))] as const,
      )
      .filter(([, value]) => headerText.test(value)),
  );
}
