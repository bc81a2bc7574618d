import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import { draftFromCurl } from '../matrix/scenario/curl.ts';
import type { Draft } from '../matrix/scenario/draft.ts';
import { draftFromHar } from '../matrix/scenario/har.ts';
import { draftFromOpenapi, openapiMethods } from '../matrix/scenario/openapi.ts';
import { writtenDraft } from '../matrix/scenario/write.ts';
import { shown, suggestion } from '../matrix/wording.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { World } from './world.ts';

export const scenarioFormats = ['har', 'openapi', 'curl'] as const;
type ScenarioFormat = (typeof scenarioFormats)[number];

/** Standard input or output in place of a file. */
const stream = '-';

export const scenarioOptions = (yargs: Argv) =>
  yargs
    .positional('format', {
      choices: scenarioFormats,
      demandOption: true,
      describe: 'a browser’s recording, a description of an API, or a command line',
    })
    .positional('source', {
      type: 'string',
      demandOption: true,
      describe: 'the file, or the curl line in quotes; - for stdin',
    })
    .options({
      out: {
        type: 'string',
        default: stream,
        nargs: 1,
        describe: 'the matrix file to write; one that is there is never replaced',
        defaultDescription: 'stdout',
      },
      origin: { type: 'string', describe: 'har: whose requests (default: the most frequent)' },
      assets: { type: 'boolean', describe: 'har: keep images, scripts, styles and fonts' },
      methods: {
        type: 'string',
        describe: `openapi: operations to take, of ${openapiMethods.join(',')} (default: get)`,
      },
    });

interface ScenarioArguments {
  readonly format: ScenarioFormat;
  readonly source: string;
  readonly out: string;
  readonly origin?: string | undefined;
  readonly assets?: boolean | undefined;
  readonly methods?: string | undefined;
}

/** Writes a matrix file with the requests of another format. @returns the exit code. */
export async function scenario(args: ScenarioArguments, world: World): Promise<number> {
  refuseOptionsOfOthers(args);
  const text = writtenDraft(await draftOf(args, world));
  if (args.out === stream) {
    world.stdout.write(text);
    return 0;
  }
  const file = path.resolve(world.cwd, args.out);
  if (existsSync(file))
    throw refused(`--out ${args.out}: is there already. Name another file, or remove it first.`);
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw refused(`--out ${args.out}: ${messageOf(error)}. Name a file that can be written.`);
  }
  world.stdout.write(`${args.out}\n`);
  return 0;
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

const ownOptions = {
  har: ['origin', 'assets'],
  openapi: ['methods'],
  curl: [],
} as const satisfies Record<ScenarioFormat, readonly (keyof ScenarioArguments)[]>;

/** An option that would do nothing is refused. */
function refuseOptionsOfOthers(args: ScenarioArguments): void {
  for (const format of scenarioFormats)
    for (const option of ownOptions[format])
      if (format !== args.format && args[option] !== undefined)
        throw refused(`--${option}: belongs to \`bench scenario ${format}\`. Leave it out.`);
}

async function draftOf(
  { format, source, origin, assets = false, methods = 'get' }: ScenarioArguments,
  world: World,
): Promise<Draft> {
  // What yargs makes of a lone - that is no value of an option.
  const isStream = source === stream || source === '';
  if (format === 'curl') return draftFromCurl(isStream ? await world.stdin() : source);
  const text = isStream ? await world.stdin() : textOf(path.resolve(world.cwd, source), source);
  const file = isStream ? 'stdin' : path.basename(source);
  return format === 'har'
    ? draftFromHar(text, file, { origin: origin ?? null, assets })
    : draftFromOpenapi(text, file, methodsFrom(methods));
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(`${name}: ${messageOf(error)}. Name a file that can be read.`);
  }
}

const methodsFrom = (text: string) =>
  text.split(',').map((part) => {
    const name = part.trim().toLowerCase();
    const method = openapiMethods.find((known) => known === name);
    if (method !== undefined) return method;
    throw refused(`--methods: ${shown(part)} is not a method. ${suggestion(name, openapiMethods)}`);
  });
