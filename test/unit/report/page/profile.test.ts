import { describe, expect, it } from 'vitest';
import type { TakenProfile } from '../../../../src/model/profile.ts';
import { icicle } from '../../../../src/report/charts/icicle.ts';
import { profileViews } from '../../../../src/report/page/profile.ts';
import { incidentProfiles } from '../../../support/profile.ts';
import { incidentReport } from '../../../support/report.ts';

const cell = incidentReport().cells[4];
if (cell === undefined) throw new Error('the incident has five cells');
const taken = incidentProfiles.find((of): of is TakenProfile => of.state === 'taken');
if (taken === undefined) throw new Error('a profile was taken');

const boxes = (markup: unknown) =>
  [
    ...String(markup).matchAll(/<svg class="([\w-]+)" x="([\d.]+)%" y="(\d+)" width="([\d.]+)%"/g),
  ].map(([, shade = '', x, y, width]) => ({
    shade,
    x: Number(x),
    y: Number(y),
    width: Number(width),
  }));
const drawn = (stacks: TakenProfile['stacks'], role: 'baseline' | 'candidate' = 'candidate') =>
  icicle(
    stacks,
    role,
    () => 'f',
    () => '<b>',
  );

describe('a profile', () => {
  it('lists packages and functions in one unit, the largest difference first', () => {
    const [client, target] = profileViews(cell);
    expect(client?.taken?.whole.difference).toBe('+18.6 ms');
    expect(client?.taken?.functions[0]).toMatchObject({
      name: 'addCACert',
      difference: '+17.8 ms',
    });
    expect(client?.taken?.origins[0]).toMatchObject({ name: 'node:tls', share: '99.3 %' });
    expect(target).toMatchObject({ taken: null, reason: 'the target is no Node process' });
  });

  it('draws callees within their callers, with a sign for what grew', () => {
    const all = boxes(drawn(taken.stacks));
    expect(all[0]).toEqual({ shade: 'more-2', x: 0, y: 0, width: 100 });
    for (const box of all.slice(1)) {
      const caller = all.find(
        (other) =>
          other.y === box.y - 18 &&
          other.x <= box.x + 0.1 &&
          other.x + other.width >= box.x + box.width - 0.1,
      );
      expect(caller).toBeDefined();
    }
    expect(String(drawn(taken.stacks))).toContain('▲ f');
    expect(String(drawn(taken.stacks))).toContain('<title>&lt;b&gt;</title>');
  });

  it('has a bounded number of boxes, and none without time', () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      ...{ of: 0, parent: -1, self: { baseline: 1, candidate: 1 } },
      total: { baseline: 1, candidate: i === 0 ? 100 : 0.9 },
    }));
    expect(boxes(drawn(many)).length).toBeLessThanOrEqual(120);
    expect(drawn([])).toBeNull();
  });
});
