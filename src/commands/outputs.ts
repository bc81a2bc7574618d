import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../model/report.ts';
import type { Format } from '../report/format.ts';
import { type HtmlTemplates, htmlTemplateFiles, renderHtml } from '../report/html.ts';
import { renderJson } from '../report/json.ts';
import { renderTerminal } from '../report/terminal.ts';
import { writeAtomically } from '../store/runs.ts';
import type { Destination } from './output-options.ts';
import { packageFolder } from './package.ts';
import type { World } from './world.ts';

const template = (file: string): string =>
  readFileSync(path.join(packageFolder, 'reports', 'templates', file), 'utf8');

const readTemplates = (): HtmlTemplates => ({
  page: template(htmlTemplateFiles.page),
  style: template(htmlTemplateFiles.style),
  script: template(htmlTemplateFiles.script),
  partials: Object.fromEntries(
    Object.entries(htmlTemplateFiles.partials).map(([name, file]) => [name, template(file)]),
  ),
});

const renderers: Readonly<Record<Format, (report: Report) => string>> = {
  html: (report) => renderHtml(report, readTemplates()),
  json: renderJson,
};

/** Writes `report.*` into the run's folder. @returns the files as seen from `cwd`. */
export function writeReports(
  report: Report,
  folder: string,
  wanted: readonly Format[],
  cwd: string,
): string[] {
  return wanted.map((format) => {
    const file = path.join(folder, `report.${format}`);
    writeAtomically(file, renderers[format](report));
    return path.relative(cwd, file);
  });
}

/** The files and the table, or the one format, to stdout. */
export function deliver(
  report: Report,
  folder: string,
  to: Destination,
  colour: boolean,
  world: World,
): void {
  if (to.kind === 'stdout') {
    world.stdout.write(renderers[to.format](report));
    return;
  }
  const files = writeReports(report, folder, to.formats, world.cwd);
  world.stdout.write(
    renderTerminal(report, { colour, columns: world.stdout.columns ?? 100, files }),
  );
}

/** NO_COLOR (not empty) and --no-color turn colours off, FORCE_COLOR on; else a terminal decides. */
export function wantsColour(world: World, allowed: boolean): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '' } = world.env;
  if (!allowed || NO_COLOR !== '') return false;
  return FORCE_COLOR !== '' && FORCE_COLOR !== '0' ? true : world.stdout.isTTY === true;
}
