import { expect, it } from 'vitest';
import { launchProgress, type Progress } from '../../../src/campaign/progress.ts';
import { shownOn } from '../../../src/commands/shown-progress.ts';
import type { Measure } from '../../../src/model/plan.ts';

const measure: Measure = { looks: [4, 10], budgetMs: null, sliceTimeMs: 1000, warmupMs: 0 };

/** What a run of two cells tells that starts a launch at each of these times. */
function toldOf(startsMs: readonly number[], budgetMs: number | null): Progress[] {
  let now = 1000;
  const told: Progress[] = [];
  const options = { now: () => now, cells: 2, elapsedMs: 0, measure: { ...measure, budgetMs } };
  const tell = launchProgress((progress) => told.push(progress), options);
  for (const [index, ms] of startsMs.entries()) {
    now = 1000 + ms;
    tell({ launch: index + 1, cell: 'all' });
  }
  now += 1500;
  tell(null);
  return told;
}

it('how much is done follows from launches, or from the budget, and so does how long it may take', () => {
  const launch = { kind: 'launch', cell: 'all' };
  expect(toldOf([0, 3000], null)).toEqual([
    { ...launch, launch: 1, share: 0, leftMs: null },
    { ...launch, launch: 2, share: 0.05, leftMs: 57_000 },
    { kind: 'measured', ms: 4500 },
  ]);
  expect(toldOf([0, 3000, 15_000], 12_000)).toEqual([
    { ...launch, launch: 1, share: 0, leftMs: null },
    { ...launch, launch: 2, share: 0.25, leftMs: 9000 },
    { ...launch, launch: 3, share: 1, leftMs: 0 },
    { kind: 'measured', ms: 16_500 },
  ]);
});

it('is a line at each tenth, and one line that is rewritten on a terminal', () => {
  const told: Progress[] = [{ kind: 'note', text: 'run 1' }, ...toldOf([0, 100, 3000], 12_000)];
  const written = (isTTY: boolean): string[] => {
    const lines: string[] = [];
    const show = shownOn({ write: (text) => lines.push(text), isTTY });
    told.forEach(show);
    return lines;
  };
  expect(written(false)).toEqual([
    ...['run 1\n', 'launch 1: all\n', 'launch 3: all, at most 9 s left\n', 'measured for 5 s\n'],
  ]);
  const rewritten = '\r\u001b[2K';
  expect(written(true)).toEqual([
    'run 1\n',
    `${rewritten}launch 1: all`,
    `${rewritten}launch 2: all, at most 2 s left`,
    `${rewritten}launch 3: all, at most 9 s left`,
    `${rewritten}measured for 5 s\n`,
  ]);
});
