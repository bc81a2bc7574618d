import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../model/report.ts';
import { renderBmf } from '../report/bmf.ts';
import { renderCsv } from '../report/csv.ts';
import type { Format } from '../report/format.ts';
import { renderGab } from '../report/gab.ts';
import { renderGithub } from '../report/github.ts';
import { type HtmlTemplates, htmlTemplateFiles, renderHtml } from '../report/html.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown/render.ts';
import { packageFolder } from './package.ts';

interface ReportFile {
  /** In the run's folder. */
  readonly name: string;
  readonly render: (report: Report) => string;
}

/** What each format is made of. */
export const reportFiles: Readonly<Record<Format, readonly ReportFile[]>> = {
  json: [{ name: 'report.json', render: renderJson }],
  html: [{ name: 'report.html', render: (report) => renderHtml(report, readTemplates()) }],
  markdown: [{ name: 'report.md', render: renderMarkdown }],
  junit: [{ name: 'report.junit.xml', render: renderJunit }],
  github: [{ name: 'report.github.txt', render: renderGithub }],
  bmf: [{ name: 'report.bmf.json', render: renderBmf }],
  gab: [
    { name: 'report.gab-bigger.json', render: (report) => renderGab(report, 'higher') },
    { name: 'report.gab-smaller.json', render: (report) => renderGab(report, 'lower') },
  ],
  csv: [{ name: 'report.csv', render: renderCsv }],
};

const template = (file: string): string =>
  readFileSync(path.join(packageFolder, 'reports', 'templates', file), 'utf8');

const readTemplates = (): HtmlTemplates => ({
  page: template(htmlTemplateFiles.page),
  style: template(htmlTemplateFiles.style),
  partials: Object.fromEntries(
    Object.entries(htmlTemplateFiles.partials).map(([name, file]) => [name, template(file)]),
  ),
});
