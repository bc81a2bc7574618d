import { describe, expect, it } from 'vitest';
import { heatmap } from '../../../../src/report/page/heatmap.ts';
import {
  incidentReport,
  inconclusiveReport,
  invalidReport,
  workersReport,
} from '../../../support/report.ts';

describe('heatmap', () => {
  it('spans two axes as a grid and marks a combination that is not in the matrix', () => {
    const map = heatmap(incidentReport());
    expect([map.rowAxes, map.columnAxis, map.columns]).toEqual([
      ['tls'],
      'reuse',
      ['keep-alive', 'close', 'close-new-context'],
    ]);
    expect(map.rows.map((row) => row.squares.map((square) => square?.anchor ?? null))).toEqual([
      ['cell-1', 'cell-2', null],
      ['cell-3', 'cell-4', 'cell-5'],
    ]);
  });

  it('nests further axes as rows with spanning headers', () => {
    const map = heatmap(workersReport());
    const spans = map.rows.map((row) => row.headers.map(({ name, span }) => `${name} ${span}`));
    expect(spans).toEqual([
      ['literal 2', 'none 1'],
      ['1.3 1'],
      ['per-connection 2', 'none 1'],
      ['1.3 1'],
    ]);
  });

  it('lists one axis downwards, and shows a lone cell', () => {
    const report = incidentReport();
    const [first, second] = report.cells;
    if (!(first && second)) throw new Error('the incident has cells');
    const cells = [
      { ...first, variants: { reuse: 'keep-alive' } },
      { ...second, variants: { reuse: 'close' } },
    ];
    const one = heatmap({ ...report, axes: report.axes.slice(1), cells });
    expect(one.rows.map((row) => row.squares[0]?.anchor)).toEqual(['cell-1', 'cell-2']);
    const none = heatmap({ ...report, axes: [], cells: [{ ...first, variants: {} }] });
    expect(none.rows.map((row) => row.squares.length)).toEqual([1]);
  });

  it('has no percentage where nothing was decided', () => {
    const [, undecided, , byRps] = heatmap(inconclusiveReport())
      .rows.flatMap(({ squares }) => squares)
      .filter((square) => square !== null);
    expect(undecided).toMatchObject({
      estimate: '~',
      interval: '',
      note: 'would have seen 7.38 %',
    });
    expect(byRps).toMatchObject({ verdict: 'inconclusive', note: 'by requests per second' });
    const invalid = heatmap(invalidReport()).rows.flatMap(({ squares }) => squares.slice(-2));
    expect(invalid.filter((square) => square?.verdict === 'invalid')).toHaveLength(2);
    for (const square of invalid)
      if (square?.verdict === 'invalid') expect(square.estimate + square.interval).toBe('–');
  });
});
