import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderBmf } from '../../src/report/bmf.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderGab } from '../../src/report/gab.ts';
import { renderGithub } from '../../src/report/github.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown/render.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { comparedImports, keptImport } from '../support/imported.ts';
import {
  hostileReport,
  incidentReport,
  inconclusiveReport,
  invalidReport,
  onePairReport,
  limitsReport,
  sameReport,
  severalReport,
  unpairedReport,
  workersReport,
} from '../support/report.ts';
import { shippedTemplates } from '../support/templates.ts';

// UPDATE_GOLDEN=1 writes the files anew; read the difference before you keep it.
const update = process.env.UPDATE_GOLDEN === '1';

const files = ['reports/incident/report.html', 'reports/incident/report.json'];
const plain = (columns: number) => ({ colour: false, columns, files });

const reports = { incident: incidentReport, hostile: hostileReport, several: severalReport };
const forOthers: Readonly<Record<string, (report: Report) => string>> = {
  md: renderMarkdown,
  'junit.xml': renderJunit,
  'github.txt': renderGithub,
  'bmf.json': renderBmf,
  'gab-bigger.json': (report) => renderGab(report, 'higher'),
  'gab-smaller.json': (report) => renderGab(report, 'lower'),
  csv: renderCsv,
};

it.each([
  ...Object.entries(reports).flatMap(([name, make]) =>
    Object.entries(forOthers).map(
      ([ending, render]) => [`${name}.${ending}`, () => render(make())] as const,
    ),
  ),
  ['limits.md', () => renderMarkdown(limitsReport())],
  ['limits.junit.xml', () => renderJunit(limitsReport())],
  ['inconclusive.md', () => renderMarkdown(inconclusiveReport())],
  ['incident.txt', () => renderTerminal(incidentReport(), plain(120))],
  ['incident-80-columns.txt', () => renderTerminal(incidentReport(), plain(80))],
  ['incident-colour.txt', () => renderTerminal(incidentReport(), { ...plain(120), colour: true })],
  ['same.txt', () => renderTerminal(sameReport(), plain(120))],
  ['invalid.txt', () => renderTerminal(invalidReport(), plain(120))],
  ['inconclusive.txt', () => renderTerminal(inconclusiveReport(), plain(120))],
  ['limits.txt', () => renderTerminal(limitsReport(), plain(120))],
  ['one-pair.txt', () => renderTerminal(onePairReport(), plain(120))],
  ['several.txt', () => renderTerminal(severalReport(), plain(120))],
  ['several.html', () => renderHtml(severalReport(), shippedTemplates())],
  ['unpaired.txt', () => renderTerminal(unpairedReport(), plain(120))],
  ['workers.txt', () => renderTerminal(workersReport(), plain(120))],
  ['imported.txt', () => renderTerminal(comparedImports(), plain(120))],
  ['imported-kept.txt', () => renderTerminal(keptImport(), plain(120))],
  ['hostile.txt', () => renderTerminal(hostileReport(), plain(120))],
  ['incident.json', () => renderJson(incidentReport())],
  ['incident.html', () => renderHtml(incidentReport(), shippedTemplates())],
] as readonly (readonly [string, () => string])[])('report %s', (name, render) => {
  const file = new URL(`files/report-${name}.golden`, import.meta.url);
  const made = render();
  if (update) writeFileSync(file, made);
  expect(made).toBe(readFileSync(file, 'utf8'));
});
