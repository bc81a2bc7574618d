import { expect, it } from 'vitest';
import { asksForAttention, worstFirst } from '../../../../src/report/page/order.ts';
import {
  incidentReport,
  inconclusiveReport,
  invalidReport,
  limitsReport,
  sameReport,
} from '../../../support/report.ts';

it('begins with broken limits, then goes by verdict, and within one by how much worse', () => {
  expect(worstFirst(incidentReport())).toEqual([4, 3, 2, 0, 1]);
  expect(worstFirst(limitsReport()).slice(0, 2).sort()).toEqual([3, 4]);
  expect(worstFirst(invalidReport())).toEqual([3, 4, 2, 0, 1]);
});

it('asks to look at what is worse, undecided or invalid, and at limits that do not hold', () => {
  const asked = (report: ReturnType<typeof sameReport>) =>
    report.cells.map((cell, i) => (asksForAttention(cell) ? i : -1)).filter((i) => i >= 0);
  expect(asked(sameReport())).toEqual([]);
  expect(asked(inconclusiveReport())).toEqual([1, 3]);
  expect(asked(incidentReport())).toEqual([0, 2, 3, 4]);
  expect(asked(limitsReport())).toEqual([0, 3, 4]);
});
