import { z } from 'zod';

/** An answer of GitHub's REST API that is no success. */
export class GithubRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'GithubRefusal';
    this.status = status;
  }
}

/** Calls the REST API. @throws GithubRefusal, or what fetch throws where there is no answer. */
export type Github = (
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
) => Promise<unknown>;

const patienceMs = 30_000;
const complaint = z.object({ message: z.string() }).catch({ message: 'no reason given' });

/** @param root such as https://api.github.com */
export const githubAt =
  (root: string, token: string): Github =>
  async (method, path, body) => {
    const answer = await fetch(`${root}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'bench-matrix',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const said: unknown = await answer.json().catch(() => null);
    if (answer.ok) return said;
    throw new GithubRefusal(answer.status, complaint.parse(said).message);
  };
