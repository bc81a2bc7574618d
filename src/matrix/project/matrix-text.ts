import { stringify } from 'yaml';
import { printable } from '../wording.ts';
import { commandLine, type Invocation } from './arms.ts';
import type { Project, Subject } from './find.ts';
import { type Spot, spotName } from './listing.ts';
import { portAdvice } from './port.ts';
import type { Routes } from './routes.ts';
import type { Server } from './server.ts';

const schema = 'yaml-language-server: $schema=./node_modules/bench-matrix/matrix/schema.json';

/** A matrix file that runs as it is, with what to change beside it. */
export function matrixText(project: Project, invocation: Invocation): string {
  const { subject, locustfile, hasBench } = project;
  const routes = subject.kind === 'start' ? subject.routes : null;
  const sections = [
    [
      ...(hasBench ? [`# ${schema}`] : []),
      '# What `bench init` found here. See what would run, then measure:',
      `#   ${commandLine('plan', project, invocation)}`,
      `#   ${commandLine('compare', project, invocation)}`,
      ...(subject.kind === 'start'
        ? [
            '# git:HEAD is the last commit, git:WORKTREE what lies here now; git:main, a tag and a hash do too.',
          ]
        : []),
    ],
    scenarioLines(routes, locustfile),
    subject.kind === 'start' ? serverLines(subject) : targetLines(subject),
    clientLines(locustfile),
    axesLines(project),
    [
      'gate:',
      '  # A regression is proven, and worse than this; what is less is "slower", and passes.',
      `  margins: { ${margins[subject.kind]}rps: 3% }`,
      '  # A run that was too noisy to see so much does not pass: exit code 3.',
      '  sensitivity: 5%',
    ],
    [
      '# Wall time of the whole run; cells that are decided leave theirs to the others.',
      'measure: { budget: 3m }',
    ],
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

/** What gates beside rates: the CPU of the side that the arms change, where it can be read. */
const margins = {
  start: 'targetCpuPerRequest: 2%, ',
  url: 'latencyMean: 5%, ',
  runtimes: 'cpuPerRequest: 2%, ',
} as const satisfies Record<Subject['kind'], string>;

/** One line of YAML, whatever is in it. */
const scalar = (value: unknown): string =>
  stringify(value, {
    ...{ collectionStyle: 'flow', lineWidth: 0, singleQuote: true, blockQuote: false },
  }).trimEnd();

const comment = (text: string): string => `# ${printable(text)}`;

function scenarioLines(routes: Routes | null, locustfile: string | null): readonly string[] {
  const load = [
    '  # Each connection asks anew as soon as it has its answer. Paced load: model: constant-throughput.',
    '  load: { model: closed, connections: 8 }',
  ];
  if (locustfile !== null)
    return ['scenario:', `  ${comment(`Requests are those of ${locustfile}.`)}`, ...load];
  const path = routes?.asked?.text ?? '/';
  const request = { method: 'GET', path, expect: { status: 200 } };
  const others = routes?.others.map(({ text }) => text) ?? [];
  return [
    'scenario:',
    `  ${comment(whereFrom(routes?.asked ?? null))}`,
    '  requests:',
    `    - ${scalar(request)}`,
    ...others.map((other) => `    # - ${printable(scalar({ ...request, path: other }))}`),
    ...load,
  ];
}

const whereFrom = (asked: Spot | null): string =>
  asked === null
    ? 'No route was found; ask for what users ask most.'
    : `From ${spotName(asked)}. Several are asked in turn, or by weight: 3.`;

function serverLines({ start, from, setup, env, port, routes }: Server): readonly string[] {
  const advice = portAdvice(port);
  const ready = { path: routes.health?.text ?? routes.asked?.text ?? '/', within: '30s' };
  return [
    'target:',
    `  ${comment(`From ${from}. Each arm is told a port of its own: $PORT.`)}`,
    ...(advice === null ? [] : [`  ${comment(`${advice.message}.`)}`, `  ${comment(advice.next)}`]),
    `  start: ${scalar(start)}`,
    ...(setup === null
      ? []
      : [
          `  ${comment(`From ${setup.from}. Runs once for each arm, in a fresh copy of its files.`)}`,
          `  setup: ${scalar(setup.command)}`,
        ]),
    ...(Object.keys(env).length === 0 ? [] : [`  env: ${scalar(env)}`]),
    `  ready: ${scalar(ready)}`,
  ];
}

function targetLines(subject: Exclude<Subject, { kind: 'start' }>): readonly string[] {
  if (subject.kind === 'url')
    return [
      '# It runs already, and bench asks it from outside: its CPU cannot be read, so latency and rates gate.',
      '# Better where it is possible: start: the command that the container runs, on $PORT.',
      `target: { url: ${scalar(subject.url)} }`,
    ];
  return [
    '# No server was found here, so the built-in one answers. Fill in your own:',
    '#   target: { start: node server.mjs, setup: npm ci }   # it listens on $PORT; compare git:HEAD with git:WORKTREE',
    "#   target: { url: 'http://127.0.0.1:3000' }             # it runs already",
    'target: { builtin: hello }',
  ];
}

const clientLines = (locustfile: string | null): readonly string[] =>
  locustfile === null
    ? []
    : [
        '# The Locust on PATH, or a release from PyPI, such as locust@2.47.0. Its wait_time is not used: load says the pace.',
        'client:',
        '  engine: locust',
        `  file: ${scalar(locustfile)}`,
      ];

function axesLines({ subject, locustfile }: Project): readonly string[] {
  const version = [
    '  # The two that are compared: the Nodes that the client runs on.',
    '  version:',
    '    v1: { client: { runtime: node@20 } }',
    '    v2: { client: { runtime: node@24 } }',
  ];
  const ofLocust = [
    '  # The two that are compared.',
    '  version:',
    "    v1: { client: { engine: 'locust@2.40' } }",
    '    v2: { client: { engine: locust@latest } }',
  ];
  const reuse = [
    '  # A change often shows in one of these only. TLS is an axis too: connection: { tls: 1.3 }.',
    '  reuse:',
    '    keep-alive: { connection: { reuse: keep-alive } }',
    '    close: { connection: { reuse: close } }',
  ];
  const compared = locustfile === null ? version : ofLocust;
  const lines = [
    ...(subject.kind === 'runtimes' ? compared : []),
    // A locustfile decides by itself what it does with connections.
    ...(locustfile === null ? reuse : []),
  ];
  return lines.length === 0 ? [] : ['axes:', ...lines];
}
