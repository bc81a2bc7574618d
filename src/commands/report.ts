import path from 'node:path';
import type { Argv } from 'yargs';
import { buildReport } from '../report/build.ts';
import { readJournal } from '../store/journal.ts';
import { findRun, journalFile } from '../store/runs.ts';
import { formatsFrom, outputOptions } from './output-options.ts';
import { deliver, wantsColour } from './outputs.ts';
import type { World } from './world.ts';

export const reportOptions = (yargs: Argv) =>
  yargs
    .positional('run', {
      type: 'string',
      demandOption: true,
      describe: 'id, the start of one, a folder, or latest',
    })
    .options(outputOptions);

interface ReportArguments {
  readonly run: string;
  readonly format: string;
  readonly out: string;
  readonly color: boolean;
}

/** Renders a stored run again from its journal; exits as the run did. */
export function report(args: ReportArguments, world: World): number {
  const wanted = formatsFrom(args.format);
  const folder = findRun(path.resolve(world.cwd, args.out), args.run);
  const { header, rows } = readJournal(journalFile(folder));
  const built = buildReport(header, rows);
  deliver(built, folder, wanted, wantsColour(world, args.color), world);
  return built.exitCode;
}
