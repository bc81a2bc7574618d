import { runtimeName } from '../model/names.ts';
import type { RequestSpec, Reuse, Settings } from '../model/settings.ts';
import type { Versions } from './engine.ts';
import { engines } from './engines.ts';
import { type Declaration, declarations } from './declarations.ts';
import { refusedUrl } from './refused-url.ts';

/** Names the first setting that the arm's engine cannot honour, and what it honours in its place; null where it honours all. */
export function refusedByEngine(settings: Settings, versions: Versions): string | null {
  const { kind } = settings.client.engine;
  return (
    refusedBy(declarations[kind], settings) ??
    refusedUrl(settings) ??
    engines[kind].refuses(settings, versions)
  );
}

interface Asked {
  readonly setting: string;
  /** A word of the declaration. */
  readonly wants: string;
  readonly honoured: readonly string[];
  /** As the user said it, where that is not the word. */
  readonly shown?: string;
  /** What else the matrix asks for that matters here. */
  readonly where?: string;
}

function refusedBy(declared: Declaration, settings: Settings): string | null {
  const asked = [
    ...askedOfScenario(declared, settings),
    ...settings.scenario.requests.flatMap((request) => askedOfRequest(declared, request)),
    ...askedOfConnection(declared, settings),
  ];
  const { requestTimeoutMs: timeoutMs } = settings.client;
  const refused = asked.find(({ wants, honoured }) => !honoured.includes(wants));
  if (refused !== undefined) {
    const { setting, wants, honoured, shown = wants, where = '' } = refused;
    return `${setting}: ${shown} (${where}it honours: ${honoured.join(', ')})`;
  }
  return timeoutMs < declared.leastTimeoutMs
    ? `client.requestTimeout: ${timeoutMs} ms (a rest counts into it: ${declared.leastTimeoutMs} ms or more)`
    : null;
}

function askedOfScenario(declared: Declaration, { scenario, client }: Settings): Asked[] {
  const { load, requests, order } = scenario;
  return [
    { setting: 'scenario.load.model', wants: load.model, honoured: declared.load },
    {
      setting: 'scenario.requests',
      wants: requests.length === 1 ? 'one' : order,
      honoured: declared.requests,
      shown: requests.length === 1 ? 'one' : `${requests.length}, ${orderWords[order]}`,
    },
    {
      setting: 'client.workers',
      wants: client.remote !== null ? 'on other machines' : client.workers === 1 ? '1' : 'several',
      honoured: declared.workers,
      shown: client.remote !== null ? 'on other machines' : String(client.workers),
    },
    {
      setting: 'client.runtime',
      wants: client.runtime.kind === 'current' ? 'current' : 'another',
      honoured: declared.runtime,
      shown: runtimeName(client.runtime),
    },
  ];
}

const orderWords = { sequence: 'in sequence', weighted: 'weighted' } as const;

function askedOfRequest(declared: Declaration, { method, body, expect }: RequestSpec): Asked[] {
  return [
    {
      setting: 'method',
      wants: method === 'GET' ? method : 'any other',
      honoured: declared.method,
      shown: method,
    },
    { setting: 'body', wants: body === null ? 'none' : 'sent', honoured: declared.body },
    {
      setting: 'expect.status',
      wants: expect.status === 200 ? '200' : 'any other',
      honoured: declared.status,
      shown: String(expect.status),
    },
    { setting: 'expect.body', wants: expect.body.kind, honoured: declared.bodyCheck },
  ];
}

function askedOfConnection(declared: Declaration, { connection }: Settings): Asked[] {
  const { tls, reuse, session, context, ca, dns } = connection;
  return [
    { setting: 'connection.reuse', wants: reuse.kind, honoured: Object.keys(declared.reuse) },
    ...(tls === 'none' ? [] : askedOfTls(declared, reuse.kind, { tls, session })),
    { setting: 'connection.context', wants: context, honoured: declared.context },
    { setting: 'connection.ca', wants: ca.kind, honoured: declared.ca },
    { setting: 'connection.dns', wants: dns.kind, honoured: declared.dns },
  ];
}

function askedOfTls(
  declared: Declaration,
  mode: Reuse['kind'],
  { tls, session }: { readonly tls: '1.2' | '1.3'; readonly session: 'none' | 'resumed' },
): Asked[] {
  const sessions = declared.reuse[mode] ?? {};
  const versions = ['none', ...Object.keys(sessions)];
  const where = `with reuse ${mode} `;
  return [
    { setting: 'connection.tls', wants: tls, honoured: versions, where },
    {
      ...{ setting: 'connection.session', wants: session, honoured: sessions[tls] ?? [] },
      where: `with reuse ${mode} and TLS ${tls} `,
    },
  ];
}
