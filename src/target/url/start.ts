import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { messageOf } from '../../model/failure.ts';
import type { Settings, UrlTarget } from '../../model/settings.ts';
import { ChildFailure } from '../../process/child.ts';
import { adviceOn } from '../advice.ts';
import { firstAnswer, firstLine } from '../answer.ts';
import type { RunningTarget } from '../start.ts';
import type { Endpoint } from './locate.ts';

interface UrlStart {
  /** `target of baseline v1`, for messages. */
  readonly name: string;
  readonly target: UrlTarget;
  readonly endpoint: Endpoint;
  readonly settings: Pick<Settings, 'scenario' | 'connection' | 'client'>;
  /** PEM of what is trusted. */
  readonly caFile: string;
}

/** To learn what is spoken where no answer came. */
const diagnosisMs = 2_000;

/**
 * A server that runs already: nothing of it is ours, so neither its CPU nor its counts are known, and it is left as it is.
 * It is asked once whether it answers, by the scenario's first GET, so that nothing is sent to it that the
 * scenario does not send; by a connection alone where there is no GET.
 * @throws ChildFailure where it does not answer in the time that a request has.
 */
export async function startUrlTarget(start: UrlStart): Promise<RunningTarget> {
  const { name, target, endpoint, settings } = start;
  const { address: host, port } = endpoint;
  const get = settings.scenario.requests.find(({ method }) => method === 'GET') ?? null;
  const secure = endpoint.tls ? secureOptions(start) : null;
  const { requestTimeoutMs } = settings.client;
  const over = AbortSignal.timeout(requestTimeoutMs);
  try {
    const request = get && { path: get.path, headers: get.headers };
    await firstAnswer({ host, port, request, tls: secure }, over);
  } catch (error) {
    const why = over.aborted ? `no answer within ${requestTimeoutMs} ms` : messageOf(error);
    const next = (await speaksTlsAfterAll(endpoint))
      ? ['It speaks TLS there: write https:// and set connection.tls']
      : adviceOn(why, 'url');
    const where = `${target.url.replace(/\/$/, '')}${get?.path ?? ''}`;
    const what = `${name} did not answer ${where}: ${firstLine(why)}`;
    throw new ChildFailure([what, ...next].join('. '), '');
  }
  const nothing = { cpuUs: null, counts: null, pending: 0 };
  return {
    ...{ kind: 'url', pid: null, core: null, host, port },
    read: async () => nothing,
    treeCpuUs: () => null,
    finish: async () => ({ rssBytes: null, observed: null, counts: null }),
    stop: async () => {},
  };
}

function secureOptions({ target, endpoint, settings, caFile }: UrlStart): ConnectionOptions {
  const version = settings.connection.tls === '1.2' ? 'TLSv1.2' : 'TLSv1.3';
  const name = target.servername ?? endpoint.host;
  return {
    // An address is verified, and never sent.
    servername: isIP(name) === 0 ? name : '',
    rejectUnauthorized: target.verify,
    ca: readFileSync(caFile, 'utf8'),
    ...{ minVersion: version, maxVersion: version },
  };
}

/** Where plain HTTP was expected. */
async function speaksTlsAfterAll({ tls, address: host, port }: Endpoint): Promise<boolean> {
  if (tls) return false;
  const asked = { host, port, request: null, tls: { rejectUnauthorized: false } };
  return firstAnswer(asked, AbortSignal.timeout(diagnosisMs)).then(
    () => true,
    () => false,
  );
}
