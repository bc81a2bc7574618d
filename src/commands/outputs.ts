import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../model/report.ts';
import { type HtmlTemplates, htmlTemplateFiles, renderHtml } from '../report/html.ts';
import { renderJson } from '../report/json.ts';
import { renderTerminal } from '../report/terminal.ts';
import { writeAtomically } from '../store/runs.ts';
import { packageFolder } from './package.ts';
import type { World } from './world.ts';

export const formats = ['html', 'json'] as const;
export type Format = (typeof formats)[number];

const template = (file: string): string =>
  readFileSync(path.join(packageFolder, 'reports', 'templates', file), 'utf8');

const readTemplates = (): HtmlTemplates => ({
  page: template(htmlTemplateFiles.page),
  style: template(htmlTemplateFiles.style),
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

/** The files, and the table to stdout. */
export function deliver(
  report: Report,
  folder: string,
  wanted: readonly Format[],
  colour: boolean,
  world: World,
): void {
  const files = writeReports(report, folder, wanted, world.cwd);
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
