import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
}

/** What a token is of, and what it may do with comments. */
export type Rights = 'workflow' | 'person' | 'reads' | 'unavailable';

/**
 * The part of GitHub's REST API that comments need, as docs.github.com describes it: pages of 100 at most, 403 for a
 * token without the right, and for a workflow's token that asks whose it is.
 */
export async function startGithubApi(tokens: Readonly<Record<string, Rights>>) {
  const comments: StoredComment[] = [];
  const requests: string[] = [];
  const server = http.createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api');
    requests.push(`${request.method} ${pathname}`);
    const answer = (status: number, body: unknown): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    const rights = tokens[(request.headers.authorization ?? '').replace('Bearer ', '')];
    if (rights === undefined) return answer(401, { message: 'Bad credentials' });
    if (rights === 'unavailable') return answer(503, { message: 'No server is available' });
    const denied = { message: 'Resource not accessible by integration' };
    if (pathname === '/user')
      return rights === 'person' ? answer(200, person) : answer(403, denied);
    if (request.method === 'GET') {
      const size = Math.min(100, Number(searchParams.get('per_page') ?? 30));
      const from = (Number(searchParams.get('page') ?? 1) - 1) * size;
      return answer(200, comments.slice(from, from + size));
    }
    if (rights === 'reads') return answer(403, denied);
    const { body } = (await json(request)) as { body: string };
    if (body.length > 65_536) return answer(422, { message: 'body is too long' });
    if (request.method === 'POST') {
      const made = { id: 1000 + comments.length, body, user: rights === 'person' ? person : bot };
      comments.push(made);
      return answer(201, made);
    }
    const changed = comments.find(({ id }) => pathname.endsWith(`/issues/comments/${id}`));
    if (changed === undefined) return answer(404, { message: 'Not Found' });
    changed.body = body;
    return answer(200, changed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, comments, requests },
    close: () => new Promise<unknown>((resolve) => server.close(resolve)),
  };
}

export const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;
export const person = { login: 'ada', type: 'User' } as const;
