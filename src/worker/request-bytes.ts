import type { RequestSpec } from '../model/settings.ts';
import type { WorkerTask } from './protocol.ts';

/** A request as it goes on the wire, encoded once: to send it is one write. */
export interface EncodedRequest {
  readonly spec: RequestSpec;
  /** In the scenario. */
  readonly index: number;
  readonly wire: Buffer;
  readonly bodyBytes: number;
}

type Origin = Pick<WorkerTask, 'host' | 'port' | 'perConnection'>;

export function encodeRequest(spec: RequestSpec, origin: Origin, index: number): EncodedRequest {
  const body = Buffer.from(spec.body ?? '', 'utf8');
  const given = Object.entries(spec.headers);
  const headers = [
    ...(has(given, 'host') ? [] : [['Host', `${origin.host}:${origin.port}`]]),
    ...given,
    ...(spec.body === null && !carriesContent(spec.method)
      ? []
      : [['Content-Length', String(body.length)]]),
    ['Connection', origin.perConnection === 1 ? 'close' : 'keep-alive'],
  ];
  const head = `${spec.method} ${spec.path} HTTP/1.1\r\n${headers
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
  return {
    ...{ spec, index },
    wire: Buffer.concat([Buffer.from(head, 'latin1'), body]),
    bodyBytes: body.length,
  };
}

const has = (headers: readonly (readonly [string, string])[], wanted: string): boolean =>
  headers.some(([name]) => name.toLowerCase() === wanted);

/** RFC 9110 §8.6: with these a server expects a length even where there is no body. */
const carriesContent = (method: string): boolean => ['POST', 'PUT', 'PATCH'].includes(method);
