import { describe, expect, it } from 'vitest';
import type { CellReport } from '../../../../src/model/report.ts';
import { networkView } from '../../../../src/report/page/network.ts';
import { sparkline } from '../../../../src/report/charts/sparkline.ts';
import { incidentReport } from '../../../support/report.ts';

const cellOf = (index: number): CellReport => {
  const cell = incidentReport().cells[index];
  if (cell === undefined) throw new Error('the incident has five cells');
  return cell;
};

describe('the network of a cell', () => {
  it('shows connections and TIME_WAIT always, the rest where there was any', () => {
    const view = networkView(cellOf(0));
    expect(view?.rows.map(({ label, baseline }) => [label, baseline])).toEqual([
      ['connections opened', '0'],
      ['sockets in TIME_WAIT, most', '0'],
      ['segments retransmitted', '2'],
    ]);
    expect(view?.none).toMatch(/^connections that failed, .*listen queue full.*$/);
  });

  it('does not say none of what is not counted', () => {
    const cell = cellOf(0);
    const { baseline } = cell.network;
    if (baseline === null) throw new Error('the incident counted');
    const dark = { ...baseline, totals: { ...baseline.totals, listenOverflows: null } };
    expect(
      networkView({ ...cell, network: { baseline: dark, candidate: dark } })?.none,
    ).not.toMatch(/listen queue/);
  });

  it('is left out where nothing was counted', () => {
    expect(networkView({ ...cellOf(0), network: { baseline: null, candidate: null } })).toBeNull();
  });
});

describe('a sparkline', () => {
  const drawn = (baseline: readonly number[], candidate: readonly number[]) =>
    sparkline({ label: 'resets', baseline, candidate, format: (n) => `${n}/s` }).toString();

  it('has a level stretch for each second, on one scale from 0', () => {
    const svg = drawn([0, 5], [10, 10]);
    expect(svg).toContain('class="line-baseline" d="M0 21.0H55.0V12.5H110.0"');
    expect(svg).toContain('class="line-candidate" d="M0 4.0H55.0V4.0H110.0"');
    expect(svg).toContain('>10/s<');
    expect(svg).toContain('resets: 0/s to 5/s in the baseline, 10/s to 10/s in the candidate');
  });

  it('shows one second, none, and nothing but zeros', () => {
    expect(drawn([0], [])).toMatch(/line-baseline" d="M0 21\.0H110\.0".*line-candidate" d=""/);
    expect(drawn([], [])).toContain('unknown in the baseline');
    expect(drawn([0, 0], [0, 0])).not.toMatch(/NaN|Infinity/);
  });

  it('keeps the highest where there are more seconds than can be told apart', () => {
    const long = Array.from({ length: 1_000 }, (_, i) => (i === 777 ? 10 : 1));
    const svg = drawn(long, long);
    expect(svg.match(/H/g)?.length).toBe(200);
    expect(svg).toContain('V4.0H');
    expect(svg).not.toMatch(/H11[1-9]/);
  });
});
