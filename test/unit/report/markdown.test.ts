import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { mostMarkdown, renderMarkdown } from '../../../src/report/markdown/render.ts';
import { code, prose } from '../../../src/report/markdown/text.ts';
import { hostileReport, incidentReport, severalReport } from '../../support/report.ts';
import { named, parseMarkdown } from '../../support/well-formed.ts';

describe('prose', () => {
  it.each([
    ['nothing changed, by 2 % (+1.3 … +2.7)', 'nothing changed, by 2 % (+1.3 … +2.7)'],
    ['v2 against git:main, no regression.', 'v2 against git:main, no regression.'],
    ['ask @octocat, or see #12.', 'ask `@octocat`, or see `#12`.'],
    [
      'node@20 <b>x</b> (see https://a.example/).',
      '`node@20 <b>x</b>` (see `https://a.example/`).',
    ],
    ['www.a.example 0123abcdef GH-7 :tada:', '`www.a.example 0123abcdef GH-7 :tada`:'],
    ['a ` b | c \\ d', 'a `\\u0060` b `\\u007c` c `\\` d'],
    ['set `a.b`, or `{ c: 1 }`', 'set `a.b`, or `{ c: 1 }`'],
    ['`a``b`@x`c|d`', '`a` `b` `@x` `c\\u007cd`'],
    [' 1. one', '`1.` one'],
    ['- 2', '`-` 2'],
    ['---', '`---`'],
    ['1.5 and 2.', '1.5 and 2.'],
    ['two\nlines', '`two\\nlines`'],
    ['\u202etxt', '`\\u202etxt`'],
  ])('%j', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it('is cut, and a name is', () => {
    expect(prose('word '.repeat(1000)).length).toBeLessThanOrEqual(2000);
    expect(code('x'.repeat(1000))).toBe(`\`${'x'.repeat(199)}…\``);
    expect(code('')).toBe('`(empty)`');
  });
});

/** The incident, with so many more cells that did not change. */
function large(cells: number): Report {
  const report = incidentReport();
  const [slow, other] = [report.cells[4], report.cells[1]];
  if (!slow || !other) throw new Error('there are five');
  const unchanged = Array.from({ length: cells }, (_, i) => ({
    ...other,
    id: `payload=${i},${other.id}`,
    verdict: 'unchanged' as const,
    metrics: other.metrics.map((metric) => ({ ...metric, verdict: 'unchanged' as const })),
    warnings: [{ code: 'x', message: `of cell ${i}`, next: 'Look at it.' }],
  }));
  return { ...report, cells: [...unchanged, slow] };
}

describe('renderMarkdown', () => {
  it('has a row for each gating metric of each cell, and collapsed details', () => {
    const page = parseMarkdown(renderMarkdown(incidentReport()));
    const [cells] = named(page, 'table');
    expect(cells && named(cells, 'tr').length).toBe(1 + 10);
    expect(cells?.text).toContain('9.01 ms\n28.1 ms\n+212 % (+198 … +227)\nregression');
    expect(named(page, 'summary').map(({ text }) => text)).toEqual([
      ...['What a unit of work costs', 'Workers needed'],
      ...['Warnings (2)', 'What else differs between the arms (5)'],
      ...['Per worker, mean of the launches', 'How it was decided'],
    ]);
    expect(page.text).toContain('Next: Repeat on a machine of your own');
  });

  it('begins with a line that is the same for every run of a matrix', () => {
    const first = (report: Report): string => renderMarkdown(report).split('\n')[0] ?? '';
    expect(first(incidentReport())).toBe('<!-- bench-matrix: incident -->');
    expect(first(severalReport())).toBe(first(incidentReport()));
    expect(first(hostileReport())).toMatch(/^<!-- bench-matrix: [\w.-]+ -->$/);
  });

  it.each([1000, 20_000])(
    'stays a comment with %i cells: what failed stays, and it says what is left out',
    (cells) => {
      const markdown = renderMarkdown(large(cells));
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(mostMarkdown);
      expect(Buffer.byteLength(markdown)).toBeGreaterThan(mostMarkdown * 0.9);
      expect(markdown).toContain('| +212 % (+198 … +227) | **regression** |');
      expect(markdown).toMatch(
        new RegExp(`Left out here, .*: \\d+ of ${2 * cells + 2} rows of cells; .*warnings`),
      );
      expect(markdown).toContain(
        '`npx bench-matrix report 2026-11-23T09-41-07-incident --format html`',
      );
      expect(parseMarkdown(markdown).name).toBe('page');
    },
  );

  it('drops details before it drops cells', () => {
    const markdown = renderMarkdown(large(200));
    expect(markdown).not.toMatch(/rows of cells/);
    expect(markdown).toMatch(/Left out here, .*: \d+ of 202 warnings/);
  });
});
