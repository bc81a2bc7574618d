import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownRun } from '../../src/commands/shown-run.ts';
import { migrated } from '../../src/store/migrate.ts';
import { listRuns } from '../../src/store/runs.ts';
import { becomeWriter } from '../../src/store/writers.ts';
import { freshFolder } from '../support/bench.ts';
import { storedJournal } from '../support/stored.ts';

const whole = storedJournal(5);
const [first = '', ...others] = whole.trimEnd().split('\n');
const header = { ...migrated(JSON.parse(first), 5), origin: { request: { options: { set: [] } } } };
const unfinished = [JSON.stringify(header), ...others.slice(0, -1), ''].join('\n');

/** How a run is listed that has this journal, and a `run.json` as a crash leaves it. */
function listed(journal: string, written = false): string {
  const cwd = freshFolder();
  const root = path.join(cwd, 'reports');
  const folder = path.join(root, 'run-1');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'journal.ndjson'), journal);
  writeFileSync(path.join(folder, 'run.json'), '');
  if (written) becomeWriter(folder);
  return listRuns(root)
    .map((run) => shownRun(run, { isOlder: false, root, cwd }))
    .join('\n');
}

describe('a listed run', () => {
  it('that was killed says how it is continued', () => {
    expect(listed(unfinished)).toBe(
      '  run-1  bench  a → b  unfinished; to continue it: bench compare --resume reports/run-1',
    );
  });

  it('that is measured at this moment says so', () => {
    expect(listed(unfinished, true)).toMatch(/ {2}running$/);
  });

  it('of a release that kept no origin is not offered to be continued', () => {
    expect(listed([first, ...others.slice(0, -1), ''].join('\n'))).toMatch(/ {2}unfinished$/);
  });

  it('whose end was written and nothing after it is shown by its journal', () => {
    expect(listed(whole)).toMatch(/a → b {2}complete; `bench report reports\/run-1` shows it$/);
  });

  it('whose journal is damaged names the row', () => {
    const damaged = [first, 'damage', ...others, ''].join('\n');
    expect(listed(damaged)).toMatch(
      /run-1 .* damaged: .*journal\.ndjson:2: this row is damaged\. Restore the file, or run again\.$/,
    );
  });
});
