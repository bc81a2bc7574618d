import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { freshFolder } from './bench.ts';
import { type Contexts, filledIn, holds } from './expressions.ts';

/** Of a job, or of a composite action. */
export interface WorkflowStep {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { description: string; default?: string }>>;
  readonly outputs: Readonly<Record<string, { value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly WorkflowStep[] };
}

export const actionIn = (folder: string): Action =>
  parse(readFileSync(path.join(folder, 'action.yml'), 'utf8')) as Action;

/** What a step of another action does here, with what it was given; its outputs. */
type Used = (given: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;

export interface Job {
  /** Where the action lies. */
  readonly action: string;
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Of the context `github`. */
  readonly github: Readonly<Record<string, unknown>> & { readonly event: object };
  /** By `owner/name`, without the commit. */
  readonly used: Readonly<Record<string, Used>>;
  /** What the runner tells every step, such as GITHUB_API_URL. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly steps: readonly { readonly name: string; readonly code: number; log: string }[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/**
 * Runs the steps of a composite action as GitHub's runner does: what `run` says by bash with its options, conditions and
 * values by GitHub's own evaluator, outputs and summary by the files that each step is told.
 */
export async function runAction(job: Job): Promise<Ran> {
  const { inputs: declared, outputs, runs } = actionIn(job.action);
  const temp = freshFolder();
  const eventFile = path.join(temp, 'event.json');
  writeFileSync(eventFile, JSON.stringify(job.github.event));
  const steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  const contexts = (): Contexts => ({ github: job.github, inputs, steps });
  const inputs: Record<string, string> = {};
  for (const [name, { default: value = '' }] of Object.entries(declared))
    inputs[name] = job.inputs[name] ?? filledIn(value, contexts());

  const ran: { name: string; code: number; log: string }[] = [];
  let summary = '';
  for (const [number, step] of runs.steps.entries()) {
    const failed = ran.some(({ code }) => code !== 0);
    if (!holds(step.if, contexts(), failed)) continue;
    const filled = (values: Readonly<Record<string, unknown>> = {}) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, filledIn(String(value), contexts())]),
      );
    if (step.uses !== undefined) {
      const used = job.used[step.uses.split('@')[0] ?? ''];
      if (used === undefined) throw new Error(`nobody says what ${step.uses} does`);
      const made = used(filled(step.with));
      if (step.id !== undefined) steps[step.id] = { outputs: made };
      ran.push({ name: step.name ?? step.uses, code: 0, log: '' });
      continue;
    }
    const own = path.join(temp, String(number));
    mkdirSync(own);
    const files = {
      GITHUB_OUTPUT: path.join(own, 'output'),
      GITHUB_STEP_SUMMARY: path.join(own, 'summary'),
    };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const script = path.join(own, 'script.sh');
    // What a script says is no template: were it one, this is where others' text would become commands.
    writeFileSync(script, filledIn(step.run ?? '', contexts()));
    const env = {
      ...inherited(),
      ...job.env,
      ...files,
      ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: eventFile, RUNNER_TEMP: temp },
      ...{ GITHUB_WORKSPACE: job.workspace, GITHUB_ACTION_PATH: job.action },
      ...filled(step.env),
    };
    const folder = filledIn(step['working-directory'] ?? '.', contexts());
    const { code, log } = await bash(script, path.resolve(job.workspace, folder), env);
    ran.push({ name: step.name ?? '', code, log });
    if (step.id !== undefined)
      steps[step.id] = { outputs: outputsIn(readFileSync(files.GITHUB_OUTPUT, 'utf8')) };
    summary += readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
  }
  const told = Object.entries(outputs).map(([name, { value }]) => [
    name,
    filledIn(value, contexts()),
  ]);
  return { steps: ran, outputs: Object.fromEntries(told), summary };
}

/** Nothing of the test runner's. */
const inherited = (): Record<string, string | undefined> => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|TEST|GITHUB_)/.test(name)),
  ),
});

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd, env });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  return new Promise<{ code: number; log: string }>((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? 1, log }));
  });
}

/** `name=value`, and `name<<END`, lines, `END`. */
function outputsIn(text: string): Record<string, string> {
  const pattern = /^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm;
  return Object.fromEntries(
    [...text.matchAll(pattern)].map(([, name, line, , lines]) => [name, line ?? lines]),
  );
}
