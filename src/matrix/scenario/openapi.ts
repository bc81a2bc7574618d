import { parse } from 'yaml';
import { BenchFailure } from '../../model/failure.ts';
import { type Draft, type DraftRequest, leftOutWords, someRequests } from './draft.ts';
import { bodyOf } from './openapi-body.ts';
import { entriesOf, type Mapping, type Nodes, nodesIn, own, textOf } from './openapi-nodes.ts';
import { parametersIn } from './openapi-parameters.ts';
import { credentialsOf } from './openapi-security.ts';
import { encoded, encodedOdd } from './percent.ts';
import { draftRequest } from './request.ts';
import { type Unwritten, unwrittenValues } from './unwritten.ts';

export const openapiMethods = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'] as const;
export type OpenapiMethod = (typeof openapiMethods)[number];

/** One request for each operation of these methods, with the examples that the file has. @throws BenchFailure in one line. */
export function draftFromOpenapi(
  text: string,
  file: string,
  methods: readonly OpenapiMethod[],
): Draft {
  const root = documentOf(text, file);
  const nodes = nodesIn(root);
  const server = serverOf(root, nodes);
  const to = unwrittenValues();
  const operations = entriesOf(nodes.mapping(own(root, 'paths'))).flatMap(([path, given]) => {
    const item = nodes.mapping(given);
    return openapiMethods.flatMap((method) => {
      const operation = nodes.mapping(own(item, method));
      return operation === null ? [] : [{ method, path, operation, item }];
    });
  });
  const wanted = operations.filter(({ method }) => methods.includes(method));
  const drafts = wanted.map(({ method, path, operation, item }) => {
    const where = `${method.toUpperCase()} ${path}`;
    const lists = [own(operation, 'parameters'), own(item, 'parameters')];
    const draft = requestOf(
      { method, path: server.base + path, operation, lists, where },
      { root, nodes, to },
    );
    return { where, draft };
  });
  const usable = drafts.flatMap(({ draft }) => (draft === null ? [] : [draft]));
  const unfit = drafts.filter(({ draft }) => draft === null).map(({ where }) => where);
  const { requests, leftOut } = someRequests(usable, () =>
    refused(
      `${file}: has no operation of ${methods.join(', ')} that can be sent. Choose others with --methods.`,
    ),
  );
  const others = operations.length - wanted.length;
  return {
    source: `Operations of ${file}`,
    ...{ origin: server.origin, requests, variables: to.variables() },
    leftOut: [
      ...leftOutWords(others, 'operation', 'operations', ' of other methods (--methods chooses)'),
      ...unfit.map(
        (where) => `Left out: ${where}, whose body has no example, or whose path is none.`,
      ),
      ...leftOut,
    ],
  };
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

function documentOf(text: string, file: string): Mapping {
  const next = 'Give an OpenAPI 3 description in YAML or JSON.';
  let parsed: unknown;
  try {
    parsed = parse(text, { logLevel: 'error' });
  } catch (error) {
    const [problem = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw refused(`${file}: is neither YAML nor JSON: ${problem.replace(/[:.]$/, '')}. ${next}`);
  }
  const root = nodesIn(parsed).mapping(parsed);
  const version = own(root, 'openapi');
  if (root !== null && /^3\./.test(String(version))) return root;
  const swagger = own(root, 'swagger');
  throw refused(
    swagger === undefined
      ? `${file}: has no key openapi: 3.x. ${next}`
      : `${file}: is Swagger ${String(swagger)}. Convert it to OpenAPI 3 first (npx swagger2openapi).`,
  );
}

/** Of the first server that is named; its path goes before all others. */
function serverOf(root: Mapping, nodes: Nodes) {
  const server = nodes.mapping(nodes.list(own(root, 'servers'))[0]);
  const variables = nodes.mapping(own(server, 'variables'));
  const given = (textOf(own(server, 'url')) ?? '/').replace(
    /\{([^}]*)\}/g,
    (whole, name: string) => {
      const value = own(nodes.mapping(own(variables, name)), 'default');
      return value === undefined ? whole : String(value);
    },
  );
  const base = 'http://none.invalid';
  const url = URL.canParse(given, base) ? new URL(given, base) : new URL(base);
  const isNamed = /^https?:$/.test(url.protocol) && url.origin !== base;
  return { origin: isNamed ? url.origin : null, base: url.pathname.replace(/\/$/, '') };
}

interface Operation {
  readonly method: OpenapiMethod;
  readonly path: string;
  readonly operation: Mapping;
  /** Parameters of the operation, and those of its path. */
  readonly lists: readonly unknown[];
  readonly where: string;
}

interface Known {
  readonly root: Mapping;
  readonly nodes: Nodes;
  readonly to: Unwritten;
}

/** Null where it cannot be sent. */
function requestOf(
  { method, path, operation, lists, where }: Operation,
  { root, nodes, to }: Known,
): DraftRequest | null {
  const sent = (place: Parameters<typeof parametersIn>[0]) =>
    parametersIn(place, lists, where, nodes, to);
  const body = bodyOf(operation, nodes);
  if (body === 'unknown') return null;
  const inPath = new Map(sent('path').map(({ name, values }) => [name, values.join(',')]));
  const filled = path.replace(
    /\{([^}]*)\}/g,
    (_, name: string) => inPath.get(name) ?? to.blank(name, `path parameter ${name} of ${where}`),
  );
  const credentials = credentialsOf(operation, root, nodes, to);
  const query = [
    ...sent('query').flatMap(({ name, values }) =>
      values.map((value) => `${encoded(name)}=${value}`),
    ),
    ...credentials.query,
  ];
  const cookies = sent('cookie').map(
    ({ name, values }) => ['cookie', `${name}=${values.join(',')}`] as const,
  );
  const { status, type } = answerOf(operation, nodes);
  return draftRequest(
    {
      ...{ method, body: body === null ? null : body.text, status },
      path: encodedOdd(filled) + (query.length === 0 ? '' : `?${query.join('&')}`),
      headers: [
        ...(type === null ? [] : [['accept', type] as const]),
        ...(body === null ? [] : [['content-type', body.type] as const]),
        ...sent('header').map(({ name, values }) => [name, values.join(',')] as const),
        ...cookies,
        ...credentials.headers,
      ],
    },
    to,
  );
}

/** The first good status that is described, and the first type of its answer. */
function answerOf(operation: Mapping, nodes: Nodes) {
  const responses = entriesOf(nodes.mapping(own(operation, 'responses')));
  const good =
    responses.find(([code]) => /^2\d\d$/.test(code)) ??
    responses.find(([code]) => /^2XX$/i.test(code));
  const status = good !== undefined && /^2\d\d$/.test(good[0]) ? Number(good[0]) : 200;
  const [type = null] = Object.keys(nodes.mapping(own(nodes.mapping(good?.[1]), 'content')) ?? {});
  return { status, type };
}
