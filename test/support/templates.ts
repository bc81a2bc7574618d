import { readFileSync } from 'node:fs';
import { type HtmlTemplates, htmlTemplateFiles } from '../../src/report/html.ts';

const read = (file: string): string =>
  readFileSync(new URL(`../../reports/templates/${file}`, import.meta.url), 'utf8');

/** The templates that are shipped, read as a command reads them. */
export const shippedTemplates = (): HtmlTemplates => ({
  page: read(htmlTemplateFiles.page),
  style: read(htmlTemplateFiles.style),
  script: read(htmlTemplateFiles.script),
  partials: Object.fromEntries(
    Object.entries(htmlTemplateFiles.partials).map(([name, file]) => [name, read(file)]),
  ),
});
