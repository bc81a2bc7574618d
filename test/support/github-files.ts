import { createJiti } from 'jiti';

// It imports JSON as only bundlers may: Node takes it no other way.
const jiti = createJiti(import.meta.url, { tryNative: false });
const { NoOperationTraceWriter, parseWorkflow } = await jiti.import<
  typeof import('@actions/workflow-parser')
>('@actions/workflow-parser');
const { parseAction } = await jiti.import<
  typeof import('@actions/workflow-parser/actions/action-parser')
>('@actions/workflow-parser/actions/action-parser');

const parsers = { action: parseAction, workflow: parseWorkflow } as const;

/** What GitHub's own parser finds wrong with a file. */
export function complaintsOf(kind: keyof typeof parsers, content: string): readonly string[] {
  const file = { name: `${kind}.yml`, content };
  const { context } = parsers[kind](file, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}
