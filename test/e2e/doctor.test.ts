import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf } from '../support/bench.ts';

describe('bench doctor', () => {
  it('looks at the machine, compares a Node with itself, and says whether it is fit', async () => {
    const folder = freshFolder();
    const { code, stdout } = await bench(['doctor', '--launches', '3', '--quiet'], folder);
    for (const name of ['cores', 'pinning', 'CPU quota', 'local ports', 'stolen time'])
      expect(stdout).toMatch(new RegExp(`^ {2}(ok|noisy|unfit) +${name}: .`, 'm'));
    for (const metric of [
      'client CPU per request',
      'target CPU per request',
      'requests per second',
    ])
      expect(stdout).toMatch(
        new RegExp(`^ {2}${metric}: .*sd of a launch .*; sees .* in 1 min, .* in 10 min$`, 'm'),
      );
    expect(stdout).toMatch(/^ {2}disturbed by others: (\d+ of \d+ blocks|not counted)/m);
    expect(/^(fit to measure|not fit to gate on: .+)$/m.exec(stdout)?.[0]).toBeDefined();
    expect(code).toBe(/^fit to measure$/m.test(stdout) ? 0 : 3);

    const { baseline, candidate, cells } = reportOf(folder);
    expect(cells[0]?.launches).toBe(3);
    expect([baseline.name, candidate.name]).toEqual(['a', 'b']);
    const [header] = journalOf(folder);
    const prints = header?.kind === 'header' ? Object.values(header.fingerprints)[0] : undefined;
    expect(prints?.baseline.node).toBe(prints?.candidate.node);
  });
});
