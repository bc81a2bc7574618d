import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import { oneFile } from '../analysis/imported-words.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import {
  type FileRow,
  type ForeignProgram,
  foreignPrograms,
  type ImportedHeader,
  importedSchemaVersion,
} from '../model/imported.ts';
import { formatValue } from '../report/number.ts';
import { visible } from '../report/visible.ts';
import { readForeign } from '../store/import/read.ts';
import { importedSummary, writeImported } from '../store/imported.ts';
import { requireLabel, shownReference } from '../store/labels.ts';
import { createRunFolder, writeSummary } from '../store/runs.ts';
import { runsFolder, runsOption } from './output-options.ts';
import { tool } from './package.ts';
import { runId } from './run-id.ts';
import type { World } from './world.ts';

export const importOptions = (yargs: Argv) =>
  yargs
    .positional('program', {
      choices: foreignPrograms,
      demandOption: true,
      describe: 'whose results the files are',
    })
    .positional('files', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'one for each run; each run is a launch',
    })
    .options({
      label: {
        type: 'string',
        demandOption: true,
        describe: 'a name such as before; `compare --baseline run:before` judges against it',
      },
      out: runsOption,
    });

interface ImportArguments {
  readonly program: ForeignProgram;
  readonly files: readonly string[];
  readonly label: string;
  readonly out: string;
}

/** Stores what another load generator measured as a run under a label. @returns the exit code. */
export function importResults(args: ImportArguments, world: World): number {
  const { program } = args;
  const label = requireLabel(args.label);
  const root = path.resolve(world.cwd, runsFolder(args.out));
  const files = filesOf(program, args.files, world.cwd);
  const now = world.now();
  const header: ImportedHeader = {
    ...{ kind: 'imported', schemaVersion: importedSchemaVersion },
    ...{ id: runId(now, world.freshSeed()), createdAt: now.toISOString(), tool, program },
    purpose: { kind: 'kept', label },
  };
  const folder = createRunFolder(root, header.id);
  writeImported(folder, { header, files });
  writeSummary(folder, importedSummary(header, 'pass'));
  const reference = shownReference(label, program);
  const lines = [...files.map(shownFile), `kept: ${reference}, run ${header.id}`];
  if (files.length === 1) {
    const { message, next } = oneFile(reference);
    lines.push(`${message}. ${next}`);
  }
  world.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** @throws BenchFailure for a file that cannot be read, and for what cannot be launches of one run. */
function filesOf(program: ForeignProgram, names: readonly string[], cwd: string): FileRow[] {
  const seen = new Map<string, string>();
  const rows = names.map((name): FileRow => {
    const text = textOf(path.resolve(cwd, name), name);
    const twin = seen.get(text);
    if (twin !== undefined)
      throw refused(
        `${twin} and ${name} hold the same results, and each file is one launch. Leave one out.`,
      );
    seen.set(text, name);
    return { kind: 'file', file: path.basename(name), ...readForeign(program, text, name) };
  });
  const [first] = rows;
  const other = rows.find(({ form }) => form !== first?.form);
  if (first !== undefined && other !== undefined)
    throw refused(
      `${first.file} is ${first.form} and ${other.file} is ${other.form}, which take the time of a run differently. Import files of one kind.`,
    );
  return rows;
}

/** A longer text is no summary, and JavaScript's texts have an end too. */
const mostBytes = 256 * 2 ** 20;

function textOf(file: string, name: string): string {
  try {
    if (statSync(file).size <= mostBytes) return readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(`${name}: ${messageOf(error)}. Name a file that can be read.`);
  }
  throw refused(`${name}: is larger than 256 MB. Import a summary of the run instead.`);
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

/** `a.json  1537 /s, mean latency 2.56 ms, 0 of 3079 failed` */
function shownFile({ file, requests, failures, seconds, latency }: FileRow): string {
  const mean =
    latency.latencyMean === null ? '' : `, mean latency ${formatValue(latency.latencyMean, 'µs')}`;
  return `  ${visible(file)}  ${formatValue(requests / seconds, '1/s')}${mean}, ${failures} of ${requests + failures} failed`;
}
