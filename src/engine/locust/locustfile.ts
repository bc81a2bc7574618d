import type { UserClass } from '../../model/locustfile.ts';
import { perConnectionOf, type Settings } from '../../model/settings.ts';
import { mixOf } from '../../worker/mix.ts';
import { type WrittenRequest, writtenRequests } from './requests.ts';
import { Texts } from './texts.ts';
import { type WrittenTls, writtenTls } from './tls.ts';

export interface Locustfile {
  readonly text: string;
  /** In the order of the scenario. */
  readonly requests: readonly Pick<WrittenRequest, 'name' | 'bodyBytes'>[];
  /** What its process needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A scenario as a Locust user would write it.
 * @param declared the same arm as its matrix says it, with the names of variables.
 */
export function locustfileOf(
  settings: Settings,
  declared: Settings,
  told: { readonly title: string; readonly userClass: UserClass; readonly caFile: string },
): Locustfile {
  const texts = new Texts();
  const { userClass } = told;
  const requests = writtenRequests(settings, declared, userClass, texts);
  const tls = writtenTls(settings.connection, userClass, told.caFile);
  const order = orderOf(settings, requests);
  const perConnection = perConnectionOf(settings.connection.reuse);
  const closesPool =
    userClass === 'FastHttpUser' &&
    settings.connection.tls !== 'none' &&
    settings.connection.context === 'per-connection' &&
    perConnection !== null;
  const calls = requests.map(({ python }) =>
    closesPool ? `${python}\n${closingPool(perConnection)}` : python,
  );
  const sections = [
    tls.top.join('\n').trim(),
    answers,
    ...calls,
    order.top.join('\n'),
    userOf(settings, userClass, { tls, order, perConnection }).join('\n'),
  ].filter((section) => section !== '');
  const body = sections.join('\n\n\n');
  const imports = importsOf(settings, userClass, body).join('\n');
  const between = body.startsWith('CA_FILE') ? '\n\n' : '\n\n\n';
  return {
    text: `"""${told.title}"""\n\n${imports}${between}${body}\n`,
    requests: requests.map(({ name, bodyBytes }) => ({ name, bodyBytes })),
    env: texts.env,
  };
}

const answers = `def answers(response, status):
    if response.status_code == status:
        response.success()
        return True
    no_answer = response.status_code == 0
    response.failure(response.error if no_answer else f"status {response.status_code}, expected {status}")
    return False`;

/** geventhttpclient has a context for each pool, and a pool for each user. */
const closingPool = (perConnection: number): string =>
  perConnection === 1
    ? '    user.client.client.clientpool.close()'
    : `    if user.sent % ${perConnection} == 0:\n        user.client.client.clientpool.close()`;

function importsOf({ scenario }: Settings, userClass: UserClass, body: string): readonly string[] {
  const uses = (name: string): boolean => new RegExp(`\\b${name}\\.`).test(body);
  const standard = ['itertools', 'os', 'ssl'].filter(uses);
  const { model } = scenario.load;
  const pace = model === 'closed' ? 'constant' : 'constant_throughput';
  return [
    ...standard.map((name) => `import ${name}`),
    ...(standard.length === 0 ? [] : ['']),
    `from locust import ${userClass}, ${pace}, task`,
    ...(body.includes('(HTTPAdapter)') ? ['from requests.adapters import HTTPAdapter'] : []),
  ];
}

/** Which request a user sends next. */
interface Order {
  readonly top: readonly string[];
  readonly onStart: readonly string[];
  readonly next: string;
}

function orderOf({ scenario }: Settings, requests: readonly WrittenRequest[]): Order {
  const calls = requests.map(({ call }) => call);
  const [only] = calls;
  if (calls.length === 1) return { top: [], onStart: [], next: `${only}(self)` };
  if (scenario.order === 'weighted') {
    const round = mixOf(scenario.requests.map(({ weight }) => weight)).map((turn) => calls[turn]);
    return {
      top: [
        '# Each as often as its weight says: all users of a worker go round together.',
        `ROUND = itertools.cycle([${round.join(', ')}])`,
      ],
      onStart: [],
      next: 'next(ROUND)(self)',
    };
  }
  return {
    top: [`SEQUENCE = [${calls.join(', ')}]`, 'USERS = itertools.count()'],
    onStart: [
      '# Users begin spread over the sequence.',
      'begin = next(USERS) % len(SEQUENCE)',
      'self.turns = itertools.cycle(SEQUENCE[begin:] + SEQUENCE[:begin])',
    ],
    next: 'next(self.turns)(self)',
  };
}

interface Parts {
  readonly tls: WrittenTls;
  readonly order: Order;
  readonly perConnection: number | null;
}

function userOf(
  { client, scenario }: Settings,
  userClass: UserClass,
  { tls, order, perConnection }: Parts,
): readonly string[] {
  const { load } = scenario;
  const seconds = client.requestTimeoutMs / 1000;
  const pace =
    load.model === 'constant-throughput' ? `constant_throughput(${load.perUser})` : 'constant(0)';
  const onStart = [...tls.onStart, ...order.onStart];
  const indent = (line: string): string => `    ${line}`;
  return [
    `class Visitor(${userClass}):`,
    `    wait_time = ${pace}`,
    ...(userClass === 'FastHttpUser'
      ? [`connection_timeout = network_timeout = ${seconds}`].map(indent)
      : []),
    ...tls.attributes.map(indent),
    ...(perConnection === null || perConnection === 1
      ? []
      : [
          '    sent = 0',
          '',
          '    def connection(self):',
          '        self.sent += 1',
          `        return "close" if self.sent % ${perConnection} == 0 else "keep-alive"`,
        ]),
    ...(onStart.length === 0
      ? []
      : ['', '    def on_start(self):', ...onStart.map(indent).map(indent)]),
    '',
    '    @task',
    '    def request(self):',
    `        ${order.next}`,
  ];
}
