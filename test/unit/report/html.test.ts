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

  it('have no script, handler or address of the network', () => {
    for (const template of everyTemplate) {
      expect(template).not.toMatch(/<script|\son\w+=|https?:|javascript:/i);
    }
    expect(templates.style).not.toMatch(/@import|url\(|<\/style/i);
  });
});

describe.each(Object.entries(reports))('the page of the %s report', (_name, report) => {
  const page = renderHtml(report, templates);

  it('forbids everything but its own style', () => {
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`,
    );
  });

  it('has only elements that the templates and charts have', () => {
    expect(page).not.toMatch(/<(script|img|iframe|object|embed|form|base)\b/i);
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
    expect(page.match(/<caption>/g)?.length).toBe(page.match(/<table/g)?.length);
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
    const cellsOf = (page: string) => page.split('<article').slice(1);
    const [, undecided = ''] = cellsOf(renderHtml(reports.inconclusive, templates));
    const rows = undecided
      .split('<tr')
      .slice(1)
      .filter((row) => row.includes('verdict v-inconclusive'));
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toContain('<td class="num estimate">~</td>');
    const invalid = cellsOf(renderHtml(reports.invalid, templates))[3] ?? '';
    const estimates = [...invalid.matchAll(/num estimate">([^<]*)</g)].map(([, text]) => text);
    expect(new Set(estimates)).toEqual(new Set(['–']));
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
