import Handlebars from 'handlebars';
import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { Markup } from './markup.ts';
import { pageView } from './page.ts';

export interface HtmlTemplates {
  readonly page: string;
  readonly style: string;
  readonly partials: Readonly<Record<string, string>>;
}

/** Files below `reports/templates/` that make up the page. */
export const htmlTemplateFiles = {
  page: 'page.hbs',
  style: 'style.css',
  partials: {
    heatmap: 'partials/heatmap.hbs',
    cell: 'partials/cell.hbs',
    workers: 'partials/workers.hbs',
    network: 'partials/network.hbs',
    verdict: 'partials/verdict.hbs',
    warnings: 'partials/warnings.hbs',
  },
} as const;

/** The page with the report's JSON inside stays below this many bytes, or goes without it. */
const mostBytes = 2_000_000;

/**
 * One file that needs no network and no script. Text is escaped by Handlebars; only markup that our
 * own charts made, and the style sheet, pass unescaped. Throws where a template and its data disagree.
 */
export function renderHtml(report: Report, templates: HtmlTemplates): string {
  const handlebars = Handlebars.create();
  handlebars.registerPartial(templates.partials);
  const page = handlebars.compile(templates.page, {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  const view = { ...pageView(report), style: new Handlebars.SafeString(templates.style) };
  const render = (download: Download | null) => page(unwrapMarkup({ ...view, download }));
  const bare = render(null);
  const json = Buffer.from(renderJson(report)).toString('base64');
  if (Buffer.byteLength(bare) + json.length > mostBytes) return bare;
  return render({ href: `data:application/json;base64,${json}`, file: fileName(report.id) });
}

interface Download {
  readonly href: string;
  readonly file: string;
}

const fileName = (id: string): string => `${id.replace(/[^\w.-]+|^\.+/g, '-').slice(0, 80)}.json`;

/** Handlebars knows no `Markup`: it becomes the kind of string that Handlebars leaves alone. */
function unwrapMarkup(value: unknown): unknown {
  if (value instanceof Markup) return new Handlebars.SafeString(value.toString());
  if (value instanceof Handlebars.SafeString) return value;
  if (Array.isArray(value)) return value.map(unwrapMarkup);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, unwrapMarkup(inner)]),
  );
}
