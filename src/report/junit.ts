import type { Report } from '../model/report.ts';
import { candidateNames } from './subject-name.ts';
import { type Check, checksOf } from './checks.ts';
import { block, element, type Markup, text } from './markup.ts';

/**
 * JUnit XML: one test case for each gating metric, and each limit, of each cell. Elements and attributes are those of
 * junit-10.xsd (jenkinsci/xunit-plugin), which pytest writes too, and of what GitLab
 * (docs.gitlab.com/ci/testing/unit_test_reports) and the reporters on GitHub read. A judgement takes no time of its own,
 * and dorny/test-reporter cannot do without `time`.
 */
export function renderJunit(report: Report): string {
  const checks = checksOf(report);
  const withState = (state: Check['state']): number =>
    checks.filter((check) => check.state === state).length;
  const totals = {
    ...{ tests: checks.length, failures: withState('failed'), errors: withState('errored') },
    time: 0,
  };
  const suite = block(
    'testsuite',
    {
      ...{ name: report.matrix.name, ...totals, skipped: withState('skipped') },
      // The schema wants it without a time zone; it is UTC.
      timestamp: report.createdAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length),
    },
    properties(report),
    ...checks.map((check) => testCase(report, check)),
    element('system-out', {}, text(`${report.outcome}: ${report.sentence}`)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${block('testsuites', { name: 'bench', ...totals }, suite)}\n`;
}

const properties = (report: Report): Markup =>
  block(
    'properties',
    {},
    ...Object.entries({
      run: report.id,
      outcome: report.outcome,
      'exit-code': report.exitCode,
      baseline: report.baseline.name,
      candidate: candidateNames(report),
      seed: report.seed,
    }).map(([name, value]) => element('property', { name, value })),
  );

function testCase({ matrix }: Report, check: Check): Markup {
  const attributes = {
    name: check.cell === null ? check.name : `${check.cell}: ${check.name}`,
    // Jenkins takes what stands before the last dot for a package: the cell, with its dots, is in the name.
    classname: `bench.${matrix.name.replaceAll('.', '_')}`,
    time: 0,
  };
  return element('testcase', attributes, result(check));
}

function result({ state, type, detail }: Check): Markup {
  const said = `${type}: ${detail}`;
  switch (state) {
    case 'failed':
      return element('failure', { type, message: said }, text(said));
    case 'errored':
      return element('error', { type, message: said }, text(said));
    case 'skipped':
      return element('skipped', { type, message: said });
    case 'passed':
      return element('system-out', {}, text(said));
  }
}
