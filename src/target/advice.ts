import type { TargetSettings } from '../model/settings.ts';

/** What to do about a server that is not ours, by why it gave no answer. The first that fits. */
const advices: readonly {
  readonly why: RegExp;
  readonly start: string;
  readonly url: string;
}[] = [
  {
    why: /ECONNREFUSED/,
    start: 'Nothing listens there any more: read its log',
    url: 'Nothing listens there: start the server, or correct target.url',
  },
  {
    why: /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/,
    start: 'Nothing leads there any more: read its log',
    url: 'Nothing leads there: correct target.url, or what lies between',
  },
  {
    why: /status \d+, expected \d+|body (of|differs|lacks)/,
    start: 'Make the server answer so, or correct what scenario.requests expects',
    url: 'Make the server answer so, or correct what scenario.requests expects',
  },
  {
    why: /wrong version number|packet length too long|http request/,
    start: 'It speaks no TLS: make it do so as $BENCH_TLS says',
    url: 'It speaks no TLS there: write http:// and connection: { tls: none }, or correct the port',
  },
  {
    why: /altnames/,
    start: 'Make it serve the certificate of $BENCH_TLS_CERT',
    url: 'Write a name that its certificate carries as target.servername',
  },
  {
    why: /expired|not yet valid/,
    start: 'Make it serve the certificate of $BENCH_TLS_CERT',
    url: 'Renew its certificate, or write target.verify: false',
  },
  {
    why: /self.signed|unable to (get|verify)/,
    start: 'Make it serve the certificate of $BENCH_TLS_CERT',
    url: 'Name the file of who signed its certificate as connection.ca: { file: ca.pem }',
  },
  {
    why: /protocol version|unsupported protocol|version too low/,
    start: 'Make it speak TLS as $BENCH_TLS says',
    url: 'It does not speak this version: change connection.tls',
  },
  {
    why: /no answer within/,
    start: 'Raise client.requestTimeout, or make it answer sooner',
    url: 'Raise client.requestTimeout, or make it answer sooner',
  },
  {
    why: /closed|hang up|ECONNRESET|EPIPE|terminated/,
    start: 'It ended the connection before its answer was whole: read its log',
    url: 'It ended the connection before its answer was whole: read its log',
  },
];

/** None where the target is ours, or nothing better is known than what the failure itself says. */
export function adviceOn(why: string, kind: TargetSettings['kind']): readonly string[] {
  if (kind === 'builtin') return [];
  return advices.flatMap((one) => (one.why.test(why) ? one[kind] : [])).slice(0, 1);
}
