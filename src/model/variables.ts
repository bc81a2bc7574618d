import { type Scenario, type Settings, type TargetSettings, withRequests } from './settings.ts';

/** `${NAME}` stands for a variable of bench's environment; `$${NAME}` for the text itself. */
const reference = /(\$?)\$\{([^}]*)\}/g;
const variableName = /^[A-Za-z_]\w*$/;

export type Variables = Readonly<Record<string, string | undefined>>;

export const isVariableName = (text: string): boolean => variableName.test(text);

/** Undefined where it is not set. */
export const valueIn = (name: string, variables: Variables): string | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined;

/** What stands in the braces, names or not, in their order. */
export const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(reference)].flatMap(([, literal, name = '']) => (literal === '' ? [name] : []));

/** The text with something in place of its references. */
export const withPlaceholder = (text: string, placeholder: string): string =>
  text.replace(reference, (whole, literal: string) => (literal === '' ? placeholder : whole));

/** Text as a matrix file has to say it, so that it stands for itself. */
export const asLiteral = (text: string): string => text.replace(reference, (whole) => `$${whole}`);

/** The text with its values. @throws Error for a variable that is not set: planning has refused it. */
export const expanded = (text: string, variables: Variables): string =>
  text.replace(reference, (whole, literal: string, name: string) => {
    if (literal !== '') return whole.slice(1);
    const value = valueIn(name, variables);
    if (value === undefined) throw new Error(`the variable ${name} is not set`);
    return value;
  });

/**
 * Settings as a process is given them, on its way there and never before: a plan, and all that is stored or shown of it,
 * has the names only.
 */
export const withValues = (settings: Settings, variables: Variables): Settings =>
  withTexts(settings, (text) => expanded(text, variables));

/** The variables that settings name. */
export function variablesIn(settings: Settings): ReadonlySet<string> {
  const names = new Set<string>();
  withTexts(settings, (text) => {
    for (const name of referencesIn(text)) names.add(name);
    return text;
  });
  return names;
}

type Change = (text: string) => string;

/** Every text that may name variables. Not `target.start`: that is a command line, whose own shell expands it. */
const withTexts = (settings: Settings, change: Change): Settings => ({
  ...settings,
  scenario: scenarioWith(settings.scenario, change),
  target: targetWith(settings.target, change),
  client: { ...settings.client, env: changed(settings.client.env, change) },
});

const scenarioWith = (scenario: Scenario, change: Change): Scenario =>
  withRequests(scenario, (request) => {
    const { path, headers, body, expect } = request;
    return {
      ...request,
      path: change(path),
      headers: changed(headers, change),
      body: body === null ? null : change(body),
      expect:
        'text' in expect.body
          ? { ...expect, body: { ...expect.body, text: change(expect.body.text) } }
          : expect,
    };
  });

const targetWith = (target: TargetSettings, change: Change): TargetSettings => {
  if (target.kind === 'url') return { ...target, url: change(target.url) };
  const env = changed(target.env, change);
  if (target.kind === 'builtin') return { ...target, env };
  return { ...target, env, ready: { ...target.ready, path: change(target.ready.path) } };
};

const changed = (record: Readonly<Record<string, string>>, change: Change) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
