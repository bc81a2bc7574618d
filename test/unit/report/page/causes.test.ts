import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/model/report.ts';
import { axesView } from '../../../../src/report/page/axes.ts';
import { capacityView } from '../../../../src/report/page/capacity.ts';
import { pricesView } from '../../../../src/report/page/prices.ts';
import { incidentReport } from '../../../support/report.ts';

const report = incidentReport();
const withCauses = (causes: Partial<Report['causes']>): Report => ({
  ...report,
  causes: { ...report.causes, ...causes },
});

describe('causes by axis', () => {
  it('have no percentage where nothing is proven, and their interval all the same', () => {
    const effects = axesView(report).flatMap(({ groups }) => groups.flatMap((of) => of.effects));
    const open = effects.filter(({ isProven }) => !isProven);
    expect(open.map(({ name, estimate, state }) => [name, estimate, state])).toEqual([
      ['reuse=close', '~', 'not proven'],
    ]);
    expect(String(open[0]?.plot)).toContain('point-hole');
    expect(effects.find(({ name }) => name === 'reuse=close-new-context')?.estimate).toBe('+104 %');
  });

  it('put worse to the right for a metric of which more is better', () => {
    const [first] = report.causes.axes;
    if (first === undefined) throw new Error('the incident has effects');
    const rps = withCauses({ axes: [{ ...first, metric: 'rps' }] });
    const at = (of: Report) =>
      Number(/class="point" d="M(\d+)/.exec(String(axesView(of)[0]?.mean.plot))?.[1]);
    const zero = (of: Report) =>
      Number(/class="zero" d="M(\d+)/.exec(String(axesView(of)[0]?.mean.plot))?.[1]);
    expect(at(report)).toBeGreaterThan(zero(report));
    expect(at(rps)).toBeLessThan(zero(rps));
  });
});

describe('the price list', () => {
  it('says how far it can be trusted, and what would separate merged units', () => {
    const fitted = pricesView(report)[0]?.fitted;
    expect(fitted?.trust).toContain('no cell checks whether prices add up');
    expect(fitted?.merged[0]?.next).toContain('Add an axis');
    expect(fitted?.rows.map(({ change }) => change)).toContain('+234 %');
  });

  it('says why there is none', () => {
    const prices = [
      { candidate: 'x', side: 'client', state: 'none', reason: 'no <cell>' },
    ] as const;
    expect(pricesView(withCauses({ prices }))[0]).toMatchObject({
      reason: 'no <cell>',
      fitted: null,
    });
  });
});

describe('capacity', () => {
  it('says workers for the wanted rate with their spread, and leads to cells', () => {
    const { rows, rate, excluded } = capacityView(report);
    expect(rate).toBe('1,200');
    expect(
      rows.map(({ workers, workersRange, anchor }) => [workers, workersRange, anchor]),
    ).toEqual([
      ['2 → 3', '', 'cell-4'],
      ['15 → 45', '14 … 15 → 44 … 47', 'cell-5'],
    ]);
    expect(excluded[0]?.anchor).toBe('cell-1');
  });
});
