import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { truthy } from '@actions/expressions/result';

/** What expressions may ask for: `github`, `inputs`, `steps`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** The functions that tell how the job stands. */
const statusFunctions = ['success', 'failure', 'always', 'cancelled'];

/** Whether some step before this one has failed. Nobody cancels a test. */
function status(name: string, failed: boolean): boolean {
  if (name === 'success') return !failed;
  return name === 'failure' ? failed : name === 'always';
}

/** By GitHub's own evaluator. */
function evaluated(text: string, contexts: Contexts, failed: boolean): data.ExpressionData {
  const functions = statusFunctions.map((name) => ({
    ...{ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(status(name, failed)) },
  }));
  const { tokens } = new Lexer(text).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, known, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

const expression = /\$\{\{(.*?)\}\}/g;

/** Text with each `${{ … }}` replaced by its value. */
export const filledIn = (text: string, contexts: Contexts): string =>
  text.replace(expression, (_, inner: string) => evaluated(inner, contexts, false).coerceString());

/** `if:` of a step; one that asks for no status is asked only while nothing has failed. */
export function holds(condition: string | undefined, contexts: Contexts, failed: boolean): boolean {
  if (condition === undefined) return !failed;
  const inner = condition.replace(expression, '$1');
  const asksStatus = statusFunctions.some((name) => inner.includes(`${name}()`));
  return (asksStatus || !failed) && truthy(evaluated(inner, contexts, failed));
}
