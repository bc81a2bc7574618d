import { Document, isMap, isSeq, type Node } from 'yaml';
import { printable } from '../wording.ts';
import type { Draft, DraftRequest } from './draft.ts';
import type { Variable } from './unwritten.ts';

const schema = 'yaml-language-server: $schema=./node_modules/bench-matrix/matrix/schema.json';

/** A matrix file that `bench plan` takes as it is, once the variables are set that it names. */
export function writtenDraft(draft: Draft): string {
  const document = new Document({
    description: draft.source,
    scenario: { requests: draft.requests.map(requestOf) },
    target: { start: 'npm start' },
  });
  document.commentBefore = comment([
    schema,
    `${draft.source}.`,
    ...draft.leftOut,
    ...variableLines(draft.variables),
  ]);
  const { contents } = document;
  if (isMap(contents)) {
    const target = contents.get('target', true);
    if (isMap(target)) target.commentBefore = comment(targetLines(draft.origin));
    const requests = document.getIn(['scenario', 'requests'], true);
    if (isSeq(requests)) for (const request of requests.items) inOneLine(request as Node);
  }
  return document.toString({ lineWidth: 0, singleQuote: true });
}

const comment = (lines: readonly string[]): string =>
  lines.map((line) => ` ${printable(line)}`.trimEnd()).join('\n');

const requestOf = ({ method, path, headers, body, status }: DraftRequest) => ({
  ...{ method, path },
  ...(Object.keys(headers).length === 0 ? {} : { headers }),
  ...(body === null ? {} : { body }),
  expect: { status },
});

/** `expect: { status: 200 }` needs no lines of its own. */
function inOneLine(request: Node): void {
  if (!isMap(request)) return;
  const expect = request.get('expect', true);
  if (isMap(expect)) expect.flow = true;
}

const reasons = {
  secret: 'Secrets are not written here. Set these variables before you plan or run:',
  unknown: 'The source has no example of these values. Set these variables before you plan or run:',
  named: 'Variables that the source names itself:',
} as const satisfies Record<Variable['why'], string>;

function variableLines(variables: readonly Variable[]): string[] {
  const width = Math.max(0, ...variables.map(({ name }) => name.length));
  return (['secret', 'unknown', 'named'] as const).flatMap((why) => {
    const own = variables.filter((variable) => variable.why === why);
    const lines = own.map(({ name, where }) => `  ${name.padEnd(width)}  ${where}`);
    return own.length === 0 ? [] : ['', reasons[why], ...lines];
  });
}

const targetLines = (origin: string | null): string[] => [
  'The command that starts your server, which listens on $PORT.',
  ...(origin === null ? [] : [`Or what runs already, in place of start: url: ${origin}`]),
];
