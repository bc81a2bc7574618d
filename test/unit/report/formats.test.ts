import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { renderBmf } from '../../../src/report/bmf.ts';
import { renderCsv } from '../../../src/report/csv.ts';
import { renderGab } from '../../../src/report/gab.ts';
import { renderGithub } from '../../../src/report/github.ts';
import { renderJunit } from '../../../src/report/junit.ts';
import {
  hostileReport,
  incidentReport,
  invalidReport,
  limitsReport,
  workersReport,
} from '../../support/report.ts';
import { named, parseXml } from '../../support/well-formed.ts';

const records = (report: Report): Record<string, string>[] =>
  parse(renderCsv(report), { columns: true, record_delimiter: '\r\n' });

describe('csv', () => {
  it('says what report.json says, number for number', () => {
    const report = incidentReport();
    const rows = records(report);
    const all = report.cells.flatMap((cell) => cell.metrics.map((metric) => ({ cell, metric })));
    expect(rows.length).toBe(all.length);
    for (const [i, { cell, metric }] of all.entries()) {
      expect(rows[i]).toMatchObject({
        ...{ cell: cell.id, metric: metric.metric, verdict: metric.verdict, unit: metric.unit },
        ...{ 'axis tls': cell.variants.tls, 'axis reuse': cell.variants.reuse },
      });
      expect(rows[i]).toMatchObject({
        candidate: String(metric.candidate ?? ''),
        change_low: String(metric.change?.low ?? ''),
        margin: String(metric.margin),
      });
    }
  });

  it('has limits beside their metrics, and cells without metrics', () => {
    const p95 = records(limitsReport()).filter(({ metric }) => metric === 'latencyP95');
    expect(p95.map(({ limit_state: state }) => state)).toEqual([
      ...['unmeasured', 'held', 'held', 'broken', 'broken'],
    ]);
    expect(records(invalidReport()).at(-1)).toMatchObject({
      ...{ cell_verdict: 'invalid', metric: '', reason: expect.stringContaining('code 9') },
    });
  });

  it('has nothing for an end without a bound', () => {
    const report = incidentReport();
    const [cell] = report.cells;
    const [metric] = cell?.metrics ?? [];
    if (!cell || !metric?.change) throw new Error('there is one');
    const change = { ...metric.change, low: Number.NEGATIVE_INFINITY };
    const cells = [{ ...cell, metrics: [{ ...metric, change }] }];
    expect(records({ ...report, cells })[0]).toMatchObject({ change_low: '', change: '0.0146' });
  });

  it.each([
    ['=HYPERLINK("//x")', `'=HYPERLINK("//x")`],
    ['-1', "'-1"],
    [' @SUM(1)', " '@SUM(1)"],
    ['a;=1', "a;'=1"],
    ['a, "b"', 'a, "b"'],
  ])('%j is text in a spreadsheet', (name, expected) => {
    expect(records({ ...incidentReport(), id: name })[0]?.run).toBe(expected);
  });
});

describe('junit', () => {
  it('has a failure for what regressed and an error for what is invalid', () => {
    const suites = parseXml(renderJunit(incidentReport()));
    expect(named(suites, 'failure').map(({ attributes }) => attributes.type)).toEqual(
      Array.from({ length: 6 }, () => 'regression'),
    );
    const invalid = parseXml(renderJunit(invalidReport()));
    expect(named(invalid, 'error').map(({ attributes }) => attributes.type)).toEqual([
      ...['invalid', 'invalid', 'invalid'],
    ]);
    const names = named(suites, 'testcase').map(({ attributes }) => attributes.name);
    expect(names[0]).toBe('tls=none,reuse=keep-alive: client CPU per request');
    expect(new Set(names).size).toBe(names.length);
  });

  // junit-10.xsd of jenkinsci/xunit-plugin.
  it('has the elements and attributes that Jenkins knows', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'time', 'skipped', 'timestamp'],
      properties: [],
      property: ['name', 'value'],
      testcase: ['name', 'classname', 'time'],
      failure: ['type', 'message'],
      error: ['type', 'message'],
      skipped: ['type', 'message'],
      'system-out': [],
    };
    for (const report of [limitsReport(), hostileReport()]) {
      const suites = parseXml(renderJunit(report));
      for (const [name, attributes] of Object.entries(known))
        for (const element of named(suites, name))
          expect(attributes).toEqual(expect.arrayContaining(Object.keys(element.attributes)));
      expect(named(suites, 'testsuite')[0]?.children.map(({ name }) => name)).toEqual([
        ...['properties', ...named(suites, 'testcase').map(() => 'testcase'), 'system-out'],
      ]);
    }
  });
});

describe('github', () => {
  it('shows ten of a kind, and says in the tenth how many more there are', () => {
    const lines = renderGithub(workersReport()).split('\n');
    const errors = lines.filter((line) => line.startsWith('::error '));
    expect(errors.length).toBe(10);
    expect(errors.at(-1)).toMatch(/^::error title=3 more::3 more are in the report of run /);
  });

  it('escapes what ends a property or a message', () => {
    const report = { ...incidentReport(), sentence: '100 % sure\r\n::error::forged', cells: [] };
    expect(renderGithub(report)).toContain(
      '::notice title=bench%3A regression::100 %25 sure\\r\\n::error::forged\n',
    );
  });
});

describe('bmf and gab', () => {
  it('have the values of the candidate, and the change with its interval', () => {
    expect(JSON.parse(renderBmf(incidentReport()))).toMatchObject({
      'incident tls=1.3,reuse=close': {
        cpuPerRequest: { value: expect.closeTo(1651.806) },
        'cpuPerRequest-change': { value: 0.521, lower_value: expect.closeTo(0.483) },
      },
    });
  });

  it('leave out invalid cells, and ends without a bound', () => {
    expect(Object.keys(JSON.parse(renderBmf(invalidReport()))).length).toBe(3);
    const [cell] = incidentReport().cells;
    const [metric] = cell?.metrics ?? [];
    if (!cell || !metric?.change) throw new Error('there is one');
    const change = { ...metric.change, high: Number.POSITIVE_INFINITY };
    const cells = [{ ...cell, metrics: [{ ...metric, change }] }];
    const made = JSON.parse(renderBmf({ ...incidentReport(), cells }));
    expect(Object.values(made)[0]).toMatchObject({
      'cpuPerRequest-change': { value: 0.0146, lower_value: 0.0085 },
    });
    expect(JSON.stringify(made)).not.toContain('upper_value');
  });

  it('keep apart cells whose long names differ at the end only', () => {
    const [cell] = incidentReport().cells;
    if (!cell) throw new Error('there is one');
    const cells = ['a', 'b'].map((end) => ({ ...cell, id: 'x'.repeat(3000) + end }));
    const report = { ...incidentReport(), cells };
    const names = Object.keys(JSON.parse(renderBmf(report)));
    expect(names.map(({ length }) => length)).toEqual([1024, 1024]);
    const entries: { name: string }[] = JSON.parse(renderGab(report, 'higher'));
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });

  it('have one direction a file', () => {
    const units = (better: 'higher' | 'lower'): string[] => [
      ...new Set(
        (JSON.parse(renderGab(incidentReport(), better)) as { unit: string }[]).map(
          ({ unit }) => unit,
        ),
      ),
    ];
    expect(units('higher')).toEqual(['1/s']);
    expect(units('lower')).toEqual(expect.arrayContaining(['µs']));
    expect(units('lower')).not.toContain('1/s');
  });
});
