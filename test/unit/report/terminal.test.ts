import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../../src/report/terminal.ts';
import {
  hostileReport,
  incidentReport,
  inconclusiveReport,
  invalidReport,
  sameReport,
  workersReport,
} from '../../support/report.ts';

const plain = { colour: false, columns: 140 };
const linesWith = (text: string, part: string | RegExp) =>
  text
    .split('\n')
    .filter((line) => (typeof part === 'string' ? line.includes(part) : part.test(line)));

describe('renderTerminal', () => {
  it('begins with the outcome and the sentence', () => {
    const report = incidentReport();
    const text = renderTerminal(report, { ...plain, columns: 1000 });
    expect(text.split('\n')[0]).toBe(`regression: ${report.sentence}`);
  });

  it('ends with the files, one newline after the last', () => {
    const text = renderTerminal(incidentReport(), {
      ...plain,
      files: ['out/a.html', 'out/b.json'],
    });
    expect(text.endsWith('Files\n  out/a.html\n  out/b.json\n')).toBe(true);
  });

  it('has one row per cell and gating metric', () => {
    const text = renderTerminal(incidentReport(), plain);
    expect(
      linesWith(text, /client CPU per request .*(slower|improvement|regression)$/),
    ).toHaveLength(5);
    expect(linesWith(text, /requests per second .*(slower|improvement|regression)$/)).toHaveLength(
      5,
    );
    expect(text).not.toContain('p99 latency');
  });

  it('prints `~` and no percentage for an undecided comparison, and what it would have seen', () => {
    const text = renderTerminal(inconclusiveReport(), plain);
    const rows = linesWith(text, ' inconclusive');
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toContain('~');
      expect(row).not.toContain('%');
    }
    expect(text).toContain('requests per second would have seen a change of 8.73 %');
  });

  it('prints no percentage for an invalid cell, and why it is invalid', () => {
    const text = renderTerminal(invalidReport(), plain);
    const rows = linesWith(text, '  invalid');
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).not.toContain('%');
    expect(text).toContain('the candidate reused connections');
    expect(text).toContain('observed 12 at the client, 12 at the target (launch 3)');
  });

  it('says when a run did not end by itself', () => {
    const report = { ...sameReport(), state: 'interrupted' as const };
    expect(renderTerminal(report, plain)).toContain('The run was interrupted');
  });

  it('has every worker of both arms', () => {
    const report = workersReport();
    const text = renderTerminal(report, plain);
    const table = text.slice(text.indexOf('Per worker'), text.indexOf('Differences between'));
    expect(linesWith(table, 'rps')).toHaveLength(report.cells.length * 5);
  });

  it('gives each warning its next action, and prices that are not told apart theirs', () => {
    expect(linesWith(renderTerminal(incidentReport(), plain), 'Next: ')).toHaveLength(2 + 1);
  });

  it('puts the cell above its rows where they do not fit beside it', () => {
    const text = renderTerminal(incidentReport(), { ...plain, columns: 80 });
    expect(text).toContain('\ntls=1.3,reuse=close\n  client CPU per request');
  });

  it('differs in colour only', () => {
    for (const report of [incidentReport(), invalidReport(), inconclusiveReport()]) {
      const coloured = renderTerminal(report, { ...plain, colour: true });
      expect(coloured).toContain('\u001b[');
      expect(stripVTControlCharacters(coloured)).toBe(renderTerminal(report, plain));
    }
  });

  it('lets no control character or bidirectional mark of a name through', () => {
    const text = renderTerminal(hostileReport(), {
      ...plain,
      files: ['a\u001b[2J/\u202eb.html'],
    });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('\\u001b[31mred');
    expect(text).toContain('a\\u001b[2J/\\u202eb.html');
  });
});
