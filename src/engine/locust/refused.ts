import type { Requests, Settings } from '../../model/settings.ts';
import type { Versions } from '../engine.ts';

/** The first setting that Locust cannot honour on this release, or with a file of the user's, or null. */
export function refusedByLocust(settings: Settings, { program }: Versions): string | null {
  const { scenario, client, connection } = settings;
  const { context, tls } = connection;
  if (isOlder(program, oldest))
    return `client.engine: locust@${program} (it honours: ${oldest.join('.')} or newer)`;
  if (client.remote !== null) {
    const { asOf, with: pins, env } = client;
    for (const [key, isSaid] of [
      ['asOf', asOf !== null],
      ['with', Object.keys(pins).length > 0],
      ['env', Object.keys(env).length > 0],
    ] as const)
      if (isSaid)
        return `client.${key} (whoever starts workers on other machines decides what they run on, and the report says it)`;
    if (client.locustfile?.kind === 'own')
      return 'client.file (workers on other machines have the locustfile that bench writes)';
    if (scenario.load.model === 'constant-throughput' && scenario.load.users.kind === 'capacity')
      return 'scenario.load.users as a share (with workers on other machines it honours: a number)';
  }
  if (client.locustfile?.kind === 'own') {
    if (tls !== 'none' && context !== 'library')
      return `connection.context: ${context} (with client.file it honours: library, because the file decides)`;
    if (!isUnsaid(scenario))
      return 'scenario.requests (client.file sends its own: leave one of them out)';
  }
  return null;
}

const oldest = [2, 17] as const;

/** A release that nobody names is looked at when it runs. */
function isOlder(release: string | null, [major, minor]: readonly [number, number]): boolean {
  const [, ...parts] = /^(\d+)\.(\d+)/.exec(release ?? '') ?? [];
  const [asked = major, askedMinor = minor] = parts.map(Number);
  return asked < major || (asked === major && askedMinor < minor);
}

/** What a matrix has that says nothing of requests. */
function isUnsaid({ requests: [first, ...others] }: Requests): boolean {
  const { method, path, headers, body, expect } = first;
  const isPlain = expect.status === 200 && expect.body.kind === 'any' && body === null;
  const isRoot = method === 'GET' && path === '/' && Object.keys(headers).length === 0;
  return others.length === 0 && isPlain && isRoot;
}
