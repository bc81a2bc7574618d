import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../src/report/html.ts';
import { renderJson } from '../../../src/report/json.ts';
import {
  hostileReport,
  incidentReport,
  inconclusiveReport,
  invalidReport,
  limitsReport,
  sameReport,
  unpairedReport,
  workersReport,
} from '../../support/report.ts';
import { manyReport } from '../../support/many.ts';
import { shippedTemplates } from '../../support/templates.ts';

const templates = shippedTemplates();
const everyTemplate = [templates.page, ...Object.values(templates.partials)];
const reports = {
  incident: incidentReport(),
  same: sameReport(),
  invalid: invalidReport(),
  inconclusive: inconclusiveReport(),
  limits: limitsReport(),
  workers: workersReport(),
  unpaired: unpairedReport(),
  hostile: hostileReport(),
};

describe('the templates', () => {
  it('never pass text unescaped', () => {
    for (const template of everyTemplate) expect(template).not.toMatch(/\{\{\{|\{\{~?&/);
  });

  it('have one script, no handler, and no address of the network', () => {
    expect(everyTemplate.join('').match(/<script/gi)).toEqual(['<script']);
    expect(templates.page).toContain('<script>{{script}}</script>');
    for (const template of everyTemplate) {
      expect(template).not.toMatch(/\son\w+=|https?:|javascript:/i);
    }
    expect(templates.style).not.toMatch(/@import|url\(|<\/style/i);
    expect(templates.script).not.toMatch(
      /<\/script|<!--|fetch|XMLHttp|import|innerHTML|eval|https?:/i,
    );
  });
});

describe.each(Object.entries(reports))('the page of the %s report', (_name, report) => {
  const page = renderHtml(report, templates);

  it('forbids everything but its own style, and its own script by hash', () => {
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const hash = createHash('sha256').update(script).digest('base64').replaceAll('=', '&#x3D;');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
  });

  it('has only elements that the templates and charts have', () => {
    expect(page).not.toMatch(/<(img|iframe|object|embed|form|base)\b/i);
    expect(page.match(/<script/gi)).toHaveLength(1);
    expect(page).toContain(`<script>${templates.script}</script>`);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it('has headings in order and each id once', () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) {
      if (i > 0) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    }
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('gives every table a caption and every header cell a scope', () => {
    expect(page.match(/<caption[ >]/g)?.length).toBe(page.match(/<table/g)?.length);
    expect(page).not.toMatch(/<th(?![a-z])(?![^>]*scope=)/);
  });

  it('carries the JSON report', () => {
    const base64 = /href="data:application\/json;base64,([^"]*)"/.exec(page)?.[1] ?? '';
    expect(Buffer.from(base64.replaceAll('&#x3D;', '='), 'base64').toString()).toBe(
      renderJson(report),
    );
  });
});

describe('renderHtml', () => {
  it('leaves the JSON out of a page that would grow too large', () => {
    const [first] = reports.incident.cells;
    if (first === undefined) throw new Error('the incident has cells');
    const perLaunch = Array.from({ length: 150_000 }, (_, i) => i / 1e6);
    const metrics = first.metrics.map((m) => ({ ...m, gating: false, perLaunch }));
    const page = renderHtml({ ...reports.incident, cells: [{ ...first, metrics }] }, templates);
    expect(page).not.toContain('data:application/json');
    expect(page.length).toBeLessThan(2_000_000);
  });

  it('offers no path as the name of a file', () => {
    const name = /download="([^"]*)"/.exec(renderHtml(reports.hostile, templates))?.[1];
    expect(name).toMatch(/^-[\w.-]*\.json$/);
  });

  it('fails where a template asks for what is not there', () => {
    const page = '{{notThere}}';
    expect(() => renderHtml(reports.incident, { ...templates, page })).toThrow('notThere');
  });

  it('shows no percentage for an undecided or invalid comparison', () => {
    const cellOf = (page: string, n: number) =>
      new RegExp(`<article id="cell-${n}".*?</article>`, 's').exec(page)?.[0] ?? '';
    const rows = cellOf(renderHtml(reports.inconclusive, templates), 2)
      .split('<tr')
      .filter((row) => row.includes('verdict v-inconclusive'));
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toContain('<td class="num estimate">~</td>');
    const invalid = cellOf(renderHtml(reports.invalid, templates), 4);
    const estimates = [...invalid.matchAll(/num estimate">([^<]*)</g)].map(([, text]) => text);
    expect(new Set(estimates)).toEqual(new Set(['–']));
  });

  it('stays below two megabytes with 200 cells, the worst in full and all with their comparisons', () => {
    const page = renderHtml(manyReport(), templates);
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(page.match(/<article /g)).toHaveLength(200);
    expect(page.match(/<details class="cell [^>]* open>/g)).toHaveLength(1);
    expect(page.match(/class="comparisons/g)).toHaveLength(200);
    expect(page.match(/id="d\d+-p"/g)).toHaveLength(4);
    expect(page).toContain('inside it they had no room');
  });

  it('says why where there are no causes, no prices and no capacity', () => {
    const page = renderHtml(reports.same, templates);
    expect(page).toContain('Nothing can be said of axes: ');
    expect(page).toContain('No unit of work has a price: ');
    expect(page).toContain('No cell says what a worker carries: ');
  });

  it('says the numbers of the run in its method', () => {
    const page = renderHtml(reports.incident, templates);
    expect(page).toContain('seed 2690');
    expect(page).toContain('8 launches per cell');
    expect(page).toContain('10 comparisons gate.');
  });

  it('says how clients that are not one for each arm, or do not rest by themselves, were used', () => {
    const { incident } = reports;
    const plain = renderHtml(incident, templates);
    const shared = incident.cells.map((cell) => ({ ...cell, clients: 'shared' as const }));
    const whole = { ...incident.method, whole: true };
    const page = renderHtml({ ...incident, cells: shared, method: whole }, templates);
    for (const words of [
      'both arms share one client',
      'the same processes send for both arms in turn',
      'each slice is the whole run of a fresh program',
    ]) {
      expect(page).toContain(words);
      expect(plain).not.toContain(words);
    }
  });
});
