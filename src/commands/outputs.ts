import path from 'node:path';
import type { Report } from '../model/report.ts';
import type { Format } from '../report/format.ts';
import { withoutCommands } from '../report/github-outputs.ts';
import { renderTerminal } from '../report/terminal.ts';
import { writeAtomically } from '../store/runs.ts';
import { tellGithub } from './github-step.ts';
import type { Destination } from './output-options.ts';
import { reportFiles } from './report-files.ts';
import type { World } from './world.ts';

/** Writes `report.*` into the run's folder. @returns the files as seen from `cwd`. */
export function writeReports(
  report: Report,
  folder: string,
  wanted: readonly Format[],
  cwd: string,
): string[] {
  return wanted
    .flatMap((format) => reportFiles[format])
    .map(({ name, render }) => {
      const file = path.join(folder, name);
      writeAtomically(file, render(report));
      return path.relative(cwd, file);
    });
}

/** The files and the table, or the one format, to stdout; and GitHub what it is to know. */
export function deliver(
  report: Report,
  folder: string,
  to: Destination,
  colour: boolean,
  world: World,
): void {
  if (to.kind === 'stdout') {
    for (const { render } of reportFiles[to.format]) world.stdout.write(render(report));
    if (to.format === 'github') tellGithub(report, folder, world);
    return;
  }
  const files = writeReports(report, folder, to.formats, world.cwd);
  const table = renderTerminal(report, { colour, columns: world.stdout.columns ?? 100, files });
  if (!to.formats.includes('github')) {
    world.stdout.write(table);
    return;
  }
  world.stdout.write(withoutCommands(table));
  for (const { render } of reportFiles.github) world.stdout.write(render(report));
  tellGithub(report, folder, world);
}

/** NO_COLOR (not empty) and --no-color turn colours off, FORCE_COLOR on; else a terminal decides. */
export function wantsColour(world: World, allowed: boolean): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '' } = world.env;
  if (!allowed || NO_COLOR !== '') return false;
  return FORCE_COLOR !== '' && FORCE_COLOR !== '0' ? true : world.stdout.isTTY === true;
}
