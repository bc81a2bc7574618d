import { describe, expect, it } from 'vitest';
import type { Course } from '../../../../src/model/course.ts';
import { courseViews } from '../../../../src/report/page/course.ts';
import { thinned } from '../../../../src/report/page/thinned-course.ts';
import { course, unpairedCourse } from '../../../support/course.ts';
import { incidentReport } from '../../../support/report.ts';

const spent = { baseline: 100, change: 0.1 };
const cellWith = (...all: Course[]) => {
  const [cell] = incidentReport().cells;
  if (cell === undefined) throw new Error('the incident has cells');
  return { ...cell, course: all };
};
const kinds = (view: ReturnType<typeof courseViews>[number] | undefined) =>
  view?.panels.map(({ kind, name }) => `${kind}: ${name}`);

describe('the course of a cell', () => {
  it('shows both arms, their ratio, and of the disturbances only what there was', () => {
    const [view] = courseViews(cellWith(course(spent)), 120, true);
    expect(kinds(view)).toEqual([
      'levels: client CPU per request, each arm against its median',
      'change: candidate to baseline',
      'taken: other programs on our cores',
    ]);
    expect(view?.quiet).toBe('Below 3 % throughout: taken by the host, stopped by a quota.');
    expect(view?.leftOut).toBe('3 blocks left out of rates');
  });

  it('parts launches, and marks what was left out in all panels', () => {
    const [view] = courseViews(cellWith(course(spent)), 120, true);
    for (const { plot } of view?.panels ?? []) {
      expect(String(plot).match(/class="left-out"/g)).toHaveLength(3);
      expect(/class="grid" d="([^"]*)"/.exec(String(plot))?.[1]?.match(/M/g)).toHaveLength(7);
      expect(String(plot)).not.toMatch(/NaN|Infinity/);
    }
  });

  it('has a plot for each of two runs, and no ratio between them', () => {
    const views = courseViews(cellWith(...unpairedCourse(spent)), 120, true);
    expect(views.map((view) => kinds(view)?.[0])).toHaveLength(2);
    for (const view of views) expect(kinds(view)?.join()).not.toContain('change: ');
  });

  it('says what is not counted', () => {
    const dark = { ...course(spent), taken: { waited: null, stolen: null, throttled: null } };
    const [view] = courseViews(cellWith(dark), 120, true);
    expect(view?.quiet).toMatch(/^Not counted on this system: /);
  });

  it('has no NaN where blocks had no requests', () => {
    const nothing = { baseline: [null, 0, 3], candidate: [null, 2, null] };
    const broken = { ...course(spent), launch: [1, 1, 1], values: nothing };
    const [view] = courseViews(cellWith(broken), 120, true);
    expect(view?.panels.map(({ plot }) => String(plot)).join('')).not.toContain('NaN');
  });
});

describe('a thinned course', () => {
  it('joins neighbours of one launch, never across launches', () => {
    const whole = course(spent);
    const few = thinned(whole, 16);
    expect(few.launch).toEqual([...new Set(whole.launch)].flatMap((n) => [n, n]));
    expect(few.blocksPerPoint).toBe(7 * whole.blocksPerPoint);
    expect(few.rejected.reduce((sum, n) => sum + n, 0)).toBe(3);
    const mean = (of: Course['values']['baseline']) =>
      (of ?? []).reduce<number>((sum, n) => sum + (n ?? 0), 0) / (of?.length ?? 1);
    expect(mean(few.values.baseline)).toBeCloseTo(mean(whole.values.baseline), 6);
  });

  it('is the same where there is room', () => {
    const whole = course(spent);
    expect(thinned(whole, 120)).toBe(whole);
  });
});
