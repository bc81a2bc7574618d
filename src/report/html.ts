import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { Markup } from './markup.ts';
import type { Depth } from './page/cell-detail.ts';
import { pageView } from './page/page.ts';

export interface HtmlTemplates {
  readonly page: string;
  readonly style: string;
  readonly script: string;
  readonly partials: Readonly<Record<string, string>>;
}

/** Files below `reports/templates/` that make up the page. */
export const htmlTemplateFiles = {
  page: 'page.hbs',
  style: 'style.css',
  script: 'page.js',
  partials: {
    axes: 'partials/axes.hbs',
    capacity: 'partials/capacity.hbs',
    cell: 'partials/cell.hbs',
    comparisons: 'partials/comparisons.hbs',
    contract: 'partials/contract.hbs',
    course: 'partials/course.hbs',
    forest: 'partials/forest.hbs',
    forestGroups: 'partials/forest-groups.hbs',
    heatmap: 'partials/heatmap.hbs',
    latency: 'partials/latency.hbs',
    network: 'partials/network.hbs',
    prices: 'partials/prices.hbs',
    profile: 'partials/profile.hbs',
    verdict: 'partials/verdict.hbs',
    warnings: 'partials/warnings.hbs',
    workers: 'partials/workers.hbs',
  },
} as const;

/** The page stays below this many bytes: with fewer cells told in full, and without the JSON where that has no room. */
const mostBytes = 2_000_000;

/** Where the page would grow too large: how many cells say all that is known of them, from the worst on, and what the rest says. */
const shorter: readonly (readonly [inFull: number, rest: Depth])[] = [
  [30, 'first'],
  [4, 'first'],
  [0, 'first'],
  [0, 'least'],
];
/** So many cells that say all they know never have room. */
const mostInFull = 100;

/**
 * One file that needs no network, and no script either: the one it has only keeps in the address what is open and
 * filtered. Text is escaped by Handlebars; only markup that our own charts made, the style sheet and the script pass
 * unescaped. Throws where a template and its data disagree.
 */
export function renderHtml(report: Report, templates: HtmlTemplates): string {
  const page = compiled(templates);
  const shared = {
    style: new Handlebars.SafeString(templates.style),
    script: new Handlebars.SafeString(templates.script),
    // Whatever else may stand in the page, the browser runs this script alone.
    scriptHash: createHash('sha256').update(templates.script).digest('base64'),
  };
  const json = Buffer.from(renderJson(report)).toString('base64');
  const download = { href: `data:application/json;base64,${json}`, file: fileName(report.id) };
  const fits = (bytes: number): boolean => bytes < mostBytes;
  const count = report.cells.length;
  const ways: readonly (readonly [number, Depth])[] = [
    ...(count <= mostInFull ? [[count, 'all'] as const] : []),
    ...shorter.filter(([cells]) => cells < count),
  ];
  const render = ([cells, rest]: (typeof ways)[number], of: Download | null) =>
    page(unwrapMarkup({ ...pageView(report, cells, rest), ...shared, download: of }));
  let bare: string | null = null;
  for (const way of ways) {
    const shown = render(way, null);
    const bytes = Buffer.byteLength(shown);
    if (fits(bytes + json.length)) return render(way, download);
    // Where the JSON fits beside no page, the one that tells most is the best.
    if (bare === null && (fits(bytes) || way === ways.at(-1))) bare = shown;
    if (bare !== null && json.length > mostBytes) return bare;
  }
  return bare ?? '';
}

function compiled(templates: HtmlTemplates) {
  const handlebars = Handlebars.create();
  handlebars.registerPartial(templates.partials);
  return handlebars.compile(templates.page, {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
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
