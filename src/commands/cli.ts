import yargs from 'yargs';
import { BenchFailure, exitCodes } from '../model/failure.ts';
import { compare, compareOptions } from './compare.ts';
import { completionRequest, completionScript, completions } from './completion.ts';
import { doctor, doctorOptions } from './doctor.ts';
import { importOptions, importResults } from './import.ts';
import { init, initOptions } from './init.ts';
import { list, listOptions } from './list.ts';
import { tool } from './package.ts';
import { plan, planCommandOptions } from './plan.ts';
import { report, reportOptions } from './report.ts';
import { run as keep, runOptions } from './run.ts';
import { scenario, scenarioOptions } from './scenario.ts';
import type { World } from './world.ts';

/** The whole program as a function of its arguments and its world. @returns the exit code. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  const print = (text: string): void => void world.stdout.write(`${text}\n`);
  const [request, ...words] = argv;
  const known = request === completionRequest ? completions(words, world) : null;
  if (known !== null) {
    if (known.length > 0) print(known.join('\n'));
    return 0;
  }

  let exitCode = 0;
  const then = (code: number): void => {
    exitCode = code;
  };
  // With the arguments, because yargs reads a request for completions from here.
  const parser = yargs([...argv])
    .scriptName('bench')
    .locale('en')
    .usage('$0 <command>\n\nFinds the performance regression in an upgrade before it ships.')
    .command('compare', 'measure two versions, judge, report, gate', compareOptions, async (args) =>
      then(await compare(args, world)),
    )
    .command(
      'run',
      'measure variants, each against itself, and keep them under a label',
      runOptions,
      async (args) => then(await keep(args, world)),
    )
    .command(
      'import <program> <files..>',
      'keep the results of k6, locust, autocannon or wrk under a label',
      importOptions,
      (args) => then(importResults(args, world)),
    )
    .command(
      'scenario <format> <source>',
      'print a matrix file with the requests of a HAR, an OpenAPI description or a curl line',
      scenarioOptions,
      async (args) => then(await scenario(args, world)),
    )
    .command('plan', 'what compare would run; runs nothing', planCommandOptions, async (args) =>
      then(await plan(args, world)),
    )
    .command('report <run>', 'render a stored run again', reportOptions, (args) =>
      then(report(args, world)),
    )
    .command(
      'init',
      'write a commented matrix file and a CI workflow for the project in this folder',
      initOptions,
      (args) => then(init(args, world)),
    )
    .command('doctor', 'is this machine fit to measure?', doctorOptions, async (args) =>
      then(await doctor(args, world)),
    )
    .command('list', 'stored runs, shipped matrices, installed subjects', listOptions, (args) =>
      then(list(args, world)),
    )
    .command('completion', 'a script that completes all this in bash or zsh', {}, () => {
      parser.showCompletionScript();
    })
    .demandCommand(
      1,
      'Say what to do: compare, run, import, scenario, plan, report, init, doctor or list.',
    )
    .strict()
    .recommendCommands()
    .version(`${tool.name} ${tool.version}`)
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      if (error && error.name !== 'YError') throw error;
      throw new BenchFailure(
        'configuration',
        `${message.replaceAll('\n', ' ')} See \`bench --help\`.`,
      );
    });
  try {
    await parser.parseAsync([...argv], {}, (_error, _argv, output) => {
      if (output === '') return;
      print(request === 'completion' ? completionScript(output) : output);
    });
    return exitCode;
  } catch (error) {
    world.stderr.write(`bench: ${explained(error)}\n`);
    return exitCodes[error instanceof BenchFailure ? error.kind : 'defect'];
  }
}

function explained(error: unknown): string {
  if (error instanceof BenchFailure) return error.message;
  const stack = error instanceof Error ? error.stack : null;
  return `a defect of bench itself, not of what it measured; please report it with these lines. What was measured is kept in the run's folder.\n${stack ?? String(error)}`;
}
