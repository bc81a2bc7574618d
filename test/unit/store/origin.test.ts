import { describe, expect, it } from 'vitest';
import type { PlanOptions } from '../../../src/model/origin.ts';
import { hiddenDigest, hiddenOption, storedOrigin } from '../../../src/store/origin.ts';
import { redacted } from '../../../src/store/redact.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

const withToken = (token: string): string =>
  `${versions}client: {env: {TOKEN: ${token}}}\nscenario: {requests: [{path: /, headers: {cookie: c-${token}}}]}`;
const options = (...set: string[]): PlanOptions => ({
  ...{
    baseline: 'v1',
    candidate: 'v2',
    axis: null,
    side: null,
    only: [],
    launches: null,
    budgetMs: null,
  },
  ...{
    workers: null,
    set,
    seed: 1,
    margins: null,
    targetRate: null,
    failOn: 'never',
    strict: false,
  },
});
const originOf = (...set: string[]) =>
  storedOrigin(
    {
      cwd: '/w',
      matrix: { kind: 'shipped', name: 'm' },
      request: { kind: 'compare', options: options(...set) },
    },
    plan(withToken('abcdef')),
    {},
    'run-1',
  );

describe('what a header says of the origin of its plan', () => {
  it('holds no secret, and so few bits of them that they cannot be guessed', () => {
    const origin = originOf('client.env.TOKEN=abcdef', 'target.delay=5ms', 'target.env.A=${B}');
    const stored = JSON.stringify([origin, redacted(plan(withToken('abcdef')))]);
    expect(stored).not.toContain('abcdef');
    expect(origin.request.options.set).toEqual([
      ...['client.env.TOKEN=(not stored)', 'target.delay=5ms', 'target.env.A=${B}'],
    ]);
    expect(origin.hidden).toMatch(/^[0-9a-f]{3}$/);
  });

  it('names the first option that cannot be followed again', () => {
    expect(hiddenOption(originOf('target.delay=5ms', 'target.env.KEY=a=b'))).toBe('target.env.KEY');
    expect(hiddenOption(originOf('target.delay=5ms'))).toBeNull();
  });

  it('shows that a value was changed which the stored plan leaves out', () => {
    const [one, other] = [plan(withToken('abcdef')), plan(withToken('abcdeg'))];
    expect(redacted(one)).toEqual(redacted(other));
    expect(hiddenDigest(one, {}, 'run-1')).toBe(
      hiddenDigest(plan(withToken('abcdef')), {}, 'run-1'),
    );
    expect(hiddenDigest(one, {}, 'run-1')).not.toBe(hiddenDigest(other, {}, 'run-1'));
    expect(hiddenDigest(one, {}, 'run-1')).not.toBe(hiddenDigest(one, {}, 'run-2'));
    const named = plan(`${versions}client: {env: {TOKEN: "\${SAID}"}}`, {}, 'm.yaml', {
      SAID: 'a',
    });
    const digest = (SAID: string) => hiddenDigest(named, { SAID }, 'run-1');
    expect(digest('abcdef')).not.toBe(digest('abcdeg'));
    expect(hiddenDigest(plan(versions), {}, 'run-1')).toBeNull();
  });
});
