import type { UserClass } from '../../model/locustfile.ts';
import { perConnectionOf, type RequestSpec, type Settings } from '../../model/settings.ts';
import { secretHeader } from '../../model/secrets.ts';
import { quoted, type Texts } from './texts.ts';

/** A request of the scenario in a locustfile. */
export interface WrittenRequest {
  /** In Locust's statistics; no other request has it. */
  readonly name: string;
  /** Of the Python function that sends it. */
  readonly call: string;
  readonly bodyBytes: number;
  readonly python: string;
}

/** @param declared the same arm with the names of its variables. */
export function writtenRequests(
  { scenario, client, connection }: Settings,
  declared: Settings,
  userClass: UserClass,
  texts: Texts,
): readonly WrittenRequest[] {
  const names: string[] = [];
  const calls: string[] = [];
  const perConnection = perConnectionOf(connection.reuse);
  return scenario.requests.map((request, index) => {
    const said = declared.scenario.requests[index] ?? request;
    const name = unused(`${request.method} ${said.path}`, names, ' ');
    const call = unused(callOf(request.method, said.path), calls, '_');
    const python = [
      `def ${call}(user):`,
      `    with user.client.request(`,
      ...argumentsOf(request, said, texts, { name, perConnection }).map(
        (line) => `        ${line},`,
      ),
      ...(userClass === 'HttpUser' ? [`        timeout=${client.requestTimeoutMs / 1000},`] : []),
      '        allow_redirects=False,',
      '        catch_response=True,',
      '    ) as response:',
      ...checkOf(request, said, texts).map((line) => `        ${line}`),
    ].join('\n');
    return { name, call, bodyBytes: Buffer.byteLength(request.body ?? ''), python };
  });
}

function argumentsOf(
  request: RequestSpec,
  said: RequestSpec,
  texts: Texts,
  { name, perConnection }: { readonly name: string; readonly perConnection: number | null },
): readonly string[] {
  const headers = Object.entries(request.headers).map(([header, value]) => {
    const declared = said.headers[header] ?? value;
    return `${quoted(header)}: ${texts.python(declared, value, secretHeader.test(header))}`;
  });
  if (perConnection === 1) headers.push('"Connection": "close"');
  else if (perConnection !== null) headers.push('"Connection": user.connection()');
  return [
    quoted(request.method),
    texts.python(said.path, request.path),
    `name=${quoted(name)}`,
    ...(headers.length === 0 ? [] : [`headers={${headers.join(', ')}}`]),
    ...(request.body === null
      ? []
      : [`data=${texts.python(said.body ?? '', request.body)}.encode()`]),
  ];
}

function checkOf({ expect }: RequestSpec, said: RequestSpec, texts: Texts): readonly string[] {
  const status = `answers(response, ${expect.status})`;
  const { body } = expect;
  const declared = 'text' in said.expect.body ? said.expect.body.text : '';
  switch (body.kind) {
    case 'any':
      return [status];
    case 'bytes':
      return [
        'length = len(response.content or b"")',
        `if ${status} and length != ${body.bytes}:`,
        `    response.failure(f"body of {length} bytes, expected ${body.bytes}")`,
      ];
    case 'equals':
      return [
        `if ${status} and response.content != ${texts.python(declared, body.text)}.encode():`,
        `    response.failure("body differs from the expected ${body.text.length} characters")`,
      ];
    case 'includes':
      return [
        `if ${status} and ${texts.python(declared, body.text)}.encode() not in response.content:`,
        '    response.failure("body lacks the expected text")',
      ];
  }
}

/** `GET /items/42?sort=up` → `get_items_42_sort_up` */
const callOf = (method: string, path: string): string =>
  `${method} ${path === '/' ? 'root' : path}`
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('_')
    .slice(0, 60);

/** The same, with a number where another has it already. */
function unused(wanted: string, taken: string[], between: string): string {
  let name = wanted;
  for (let again = 2; taken.includes(name); again += 1) name = `${wanted}${between}${again}`;
  taken.push(name);
  return name;
}
