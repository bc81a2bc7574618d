import { type Container, containerOf } from './container.ts';
import { type Listing, spotName } from './listing.ts';
import { nodePackage } from './node-package.ts';
import { nodeServer } from './node-server.ts';
import { portAdvice } from './port.ts';
import { pythonServer } from './python-server.ts';
import type { Server } from './server.ts';

/** What a folder can be measured as. */
export type Subject =
  | ({ readonly kind: 'start' } & Server)
  /** Of a container: bench can ask it, and neither start it nor read its CPU. */
  | { readonly kind: 'url'; readonly url: string }
  /** Nothing was found: two runtimes, and what to fill in. */
  | { readonly kind: 'runtimes' };

export interface Advice {
  readonly message: string;
  readonly next: string;
}

export interface Project {
  readonly subject: Subject;
  readonly locustfile: string | null;
  /** The package itself is among its dependencies. */
  readonly hasBench: boolean;
  /** What was found and where, a line each. */
  readonly found: readonly string[];
  /** What will not work as it is. */
  readonly advice: readonly Advice[];
}

const ownPackage = 'bench-matrix';
const locustName = /(^|\/)locustfile\.py$/;

/** What a project says of itself: how its server starts, where it listens, what sends the load. @throws BenchFailure */
export function findProject(listing: Listing): Project {
  const manifest = nodePackage(listing);
  const server = (manifest && nodeServer(listing, manifest)) ?? pythonServer(listing);
  const container = containerOf(listing);
  const locustfile = [...listing.keys()].find((file) => locustName.test(file)) ?? null;
  const isContained = server === null || /\bdocker\b|\bpodman\b/.test(server.start + server.from);
  const subject: Subject = !isContained
    ? { kind: 'start', ...server }
    : container === null
      ? { kind: 'runtimes' }
      : { kind: 'url', url: `http://127.0.0.1:${container.port}` };
  return {
    ...{ subject, locustfile },
    hasBench: ownPackage in { ...manifest?.dependencies, ...manifest?.devDependencies },
    found: [
      ...(subject.kind === 'start' ? serverLines(subject) : []),
      ...(locustfile === null ? [] : [`${locustfile}: sends the load, by Locust`]),
      ...(container === null ? [] : [`${container.file}: ${containerWords(subject, container)}`]),
    ],
    advice: adviceOn(subject, locustfile, container),
  };
}

function serverLines({ start, from, setup, port, routes }: Server): readonly string[] {
  return [
    `${from}: started by \`${start}\``,
    ...(setup === null ? [] : [`${setup.from}: made ready by \`${setup.command}\``]),
    ...(port.kind === 'environment' ? [`${spotName(port.where)}: listens on $PORT`] : []),
    ...(routes.asked === null ? [] : [`${spotName(routes.asked)}: GET ${routes.asked.text}`]),
  ];
}

const containerWords = ({ kind }: Subject, { port }: Container): string =>
  kind === 'url'
    ? `asked on port ${port} from outside`
    : 'not used, because what runs in a container is no child of bench, and its CPU cannot be read';

function adviceOn(
  subject: Subject,
  locustfile: string | null,
  container: Container | null,
): readonly Advice[] {
  switch (subject.kind) {
    case 'start': {
      const ofPort = portAdvice(subject.port);
      return [
        ...(ofPort === null ? [] : [ofPort]),
        ...(subject.isForDevelopment
          ? [
              {
                message: `\`${subject.start}\` is a server for development, and slower than the one that users have`,
                next: 'Write the command of production as target.start.',
              },
            ]
          : []),
      ];
    }
    case 'url':
      return [
        {
          message: `${container?.file} starts a container, which is no child of bench: its CPU cannot be read, so latency and rates gate`,
          next: 'Start one container for each version, on ports of their own, or write the command that the container runs as target.start.',
        },
      ];
    case 'runtimes':
      return [
        {
          message: `No server was found: no start script, main or bin that listens, no Python app, no container`,
          next:
            locustfile === null
              ? 'Write the command that starts yours as target.start, or what runs already as target.url.'
              : 'The built-in server answers the locustfile; write the command that starts yours as target.start.',
        },
      ];
  }
}
