import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderBmf } from '../../src/report/bmf.ts';
import { renderCsv } from '../../src/report/csv.ts';
import { renderGab } from '../../src/report/gab.ts';
import { renderGithub } from '../../src/report/github.ts';
import { githubOutputs, withoutCommands } from '../../src/report/github-outputs.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { mostMarkdown, renderMarkdown } from '../../src/report/markdown/render.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import {
  incidentReport,
  inconclusiveReport,
  invalidReport,
  limitsReport,
  severalReport,
  unpairedReport,
  workersReport,
} from '../support/report.ts';
import { anyText, withTexts } from '../support/texts.ts';
import { allOf, named, parseMarkdown, parseXml } from '../support/well-formed.ts';

/** Reports of every kind in which all texts of others are anything at all. */
const anyReport: fc.Arbitrary<Report> = fc
  .tuple(
    fc.constantFrom(
      ...[incidentReport, inconclusiveReport, invalidReport, limitsReport, severalReport],
      ...[unpairedReport, workersReport],
    ),
    fc.array(anyText, { minLength: 12, maxLength: 40 }),
  )
  .map(([make, texts]) => withTexts(make(), texts));

const holds = (check: (report: Report) => void, numRuns = 200): void =>
  fc.assert(fc.property(anyReport, check), { numRuns });

describe('whatever names and messages say', () => {
  it('Markdown has our own structure only, mentions nobody and links nowhere', () => {
    const ours = ['page', 'h3', 'p', 'ul', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
    const known = new Set([...ours, 'code', 'strong', 'em', 'details', 'summary', 'br']);
    holds((report) => {
      const markdown = renderMarkdown(report);
      const [first = ''] = markdown.split('\n', 1);
      expect(first).toMatch(/^<!-- bench-matrix: [A-Za-z0-9.-]* -->$/);
      const page = parseMarkdown(markdown);
      expect(allOf(page).filter(({ name }) => !known.has(name))).toEqual([]);
      expect(
        allOf(page)
          .flatMap(({ attributes }) => Object.keys(attributes))
          .every((key) => key === 'align'),
      ).toBe(true);
      expect(named(page, 'code').filter(({ children }) => children.length > 0)).toEqual([]);
      expect(page.outsideCode).not.toMatch(/@\w|#\d|gh-\d|:\/\/|www\.|:[\w+-]+:|[0-9a-f]{7}/i);
      for (const table of named(page, 'table')) {
        const widths = named(table, 'tr').map(({ children }) => children.length);
        expect(new Set(widths).size).toBe(1);
      }
    });
  });

  it('Markdown is as long as a comment may be at most', () => {
    holds((report) => {
      expect(Buffer.byteLength(renderMarkdown(report))).toBeLessThanOrEqual(mostMarkdown);
    });
  });

  it('JUnit is well-formed XML that counts its own test cases', () => {
    holds((report) => {
      const suites = parseXml(renderJunit(report));
      const count = (name: string): string => String(named(suites, name).length);
      const counts = {
        tests: count('testcase'),
        failures: count('failure'),
        errors: count('error'),
      };
      expect(suites.attributes).toMatchObject(counts);
      expect(named(suites, 'testsuite')[0]?.attributes).toMatchObject({
        ...counts,
        skipped: count('skipped'),
      });
    });
  });

  it('CSV has the same columns in every row, and no text that a spreadsheet would run', () => {
    const isNumber = /^-?\d+(\.\d+)?(e[+-]\d+)?$/;
    holds((report) => {
      const csv = renderCsv(report);
      const [header = [], ...rows] = parse(csv, { record_delimiter: '\r\n' });
      const metrics = report.cells.map(({ metrics: all }) => all.length);
      expect(rows.length).toBeGreaterThanOrEqual(metrics.reduce((sum, n) => sum + n, 0));
      expect(csv.split('\r\n').length).toBe(rows.length + 2);
      const texts = [header, ...rows].flat().filter((field) => !isNumber.test(field));
      expect(texts.filter((text) => /^\s*[=+\-@＝＋－＠]/u.test(text))).toEqual([]);
      // As a program reads it that takes semicolons for separators.
      const parts = csv.split(/[;\r\n]/).map((part) => part.replace(/^[\s"]+/, ''));
      expect(parts.filter((part) => /^[=+\-@]/.test(part))).toEqual([]);
    });
  });

  it('workflow commands are one a line, at most ten of a kind, and nothing else', () => {
    holds((report) => {
      const lines = renderGithub(report).split('\n').slice(0, -1);
      const kinds = lines.map((line) => /^::(\w+) title=[^:,]*::/.exec(line)?.[1]);
      for (const kind of kinds) expect(['error', 'warning', 'notice']).toContain(kind);
      for (const kind of new Set(kinds))
        expect(kinds.filter((each) => each === kind).length).toBeLessThanOrEqual(10);
      expect(lines.filter((line) => /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([]);
    });
  });

  it('outputs are read as what they are', () => {
    holds((report) => {
      fc.assert(
        fc.property(anyText, (folder) => {
          const outputs = readOutputs(githubOutputs(report, folder));
          expect(Object.keys(outputs)).toEqual([
            ...['outcome', 'exit-code', 'sentence', 'report', 'regressions'],
          ]);
          expect(outputs).toMatchObject({ outcome: report.outcome, report: folder });
        }),
        { numRuns: 3 },
      );
    }, 50);
  });

  it('the table for terminals gives no commands to the runner', () => {
    holds((report) => {
      const table = renderTerminal(report, { colour: false, columns: 80 });
      const [stop = '', ...lines] = withoutCommands(table).split('\n');
      const token = /^::stop-commands::(\S+)$/.exec(stop)?.[1] ?? '';
      expect(lines.indexOf(`::${token}::`)).toBe(lines.length - 2);
    });
  });

  it('Bencher takes each name and each number', () => {
    holds((report) => {
      const benchmarks: Record<string, Record<string, Record<string, unknown>>> = JSON.parse(
        renderBmf(report),
      );
      for (const [name, measures] of Object.entries(benchmarks)) {
        expect([...name].length).toBeLessThanOrEqual(1024);
        expect(name).not.toBe('');
        for (const [measure, metric] of Object.entries(measures)) {
          expect(measure.length).toBeLessThanOrEqual(64);
          expect(Object.keys(metric)).toContain('value');
          for (const [key, value] of Object.entries(metric)) {
            expect(['value', 'lower_value', 'upper_value']).toContain(key);
            expect(value).toBeTypeOf('number');
          }
        }
      }
    });
  });

  it('github-action-benchmark takes each entry', () => {
    holds((report) => {
      for (const better of ['higher', 'lower'] as const) {
        for (const entry of JSON.parse(renderGab(report, better)) as Record<string, unknown>[]) {
          expect(entry).toEqual({
            ...{ name: expect.any(String), unit: expect.any(String), value: expect.any(Number) },
            extra: expect.any(String),
          });
          expect(entry.name).not.toMatch(/[`|\n]/);
        }
      }
    });
  });
});

/** As actions/runner reads the file (src/Runner.Worker/FileCommandManager.cs): name, delimiter, lines up to it. */
function readOutputs(text: string): Record<string, string> {
  const lines = text.split('\n');
  const outputs: Record<string, string> = {};
  while (lines.length > 1) {
    const [name = '', delimiter = ''] = (lines.shift() ?? '').split('<<');
    const end = lines.indexOf(delimiter);
    if (end === -1) throw new Error(`no end of ${name}`);
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n');
  }
  return outputs;
}
