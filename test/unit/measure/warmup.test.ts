import { describe, expect, it } from 'vitest';
import type { MeasuredSlice } from '../../../src/measure/slice.ts';
import { warmUp } from '../../../src/measure/warmup.ts';
import { noCounts } from '../../../src/model/counts.ts';
import { type Role, roles } from '../../../src/model/plan.ts';
import { micros } from '../../../src/model/units.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

/** Both arms with connections used as `reuse` says. @param usOf a request, of an arm that has been sent so many. */
async function warmed(reuse: string, usOf: (sent: number, role: Role) => number, capMs = 10_000) {
  const [cell] = plan(`${versions}connection: { reuse: ${reuse} }\n`).cells;
  if (cell === undefined) throw new Error('no cell');
  const { arms } = cell;
  const sent = { baseline: 0, candidate: 0 };
  const ownMs = { baseline: 0, candidate: 0 };
  const run = async (role: Role, requests: number): Promise<MeasuredSlice> => {
    const us = requests * usOf(sent[role], role);
    sent[role] += requests;
    ownMs[role] += us / 1000;
    const time = { wallUs: micros(us), cpuUs: micros(us) };
    return {
      workers: [{ ...time, requests, errors: 0, counts: null }],
      ...{ targetCpuUs: micros(0), targetCounts: noCounts, resolver: null, wallMs: us / 1000 },
    };
  };
  const now = (): number => ownMs.baseline + ownMs.candidate;
  const warm = await warmUp(run, { arms, grain: { step: 8, least: 16, whole: 8 }, capMs, now });
  return { warm, sent, ownMs };
}

const steadily = (us: number) => () => us;

describe('a warm-up', () => {
  it.each([
    ['8,000 requests on connections that are kept', 'keep-alive', 20, { requests: 8_000 }],
    ['300 ms where those are slow', 'keep-alive', 100, { ms: 300 }],
    ['8,000 connections where each request has one', 'close', 100, { requests: 8_000 }],
    ['8,000 connections of four requests', '{ every: 4 }', 30, { requests: 32_000 }],
    ['1.5 s where connections are slow', 'close', 2_000, { ms: 1_500 }],
  ])('takes %s', async (_, reuse, us, floor) => {
    const { warm, sent, ownMs } = await warmed(reuse, steadily(us));
    expect(warm.steady).toBe(true);
    // And the window in which nothing trends: some slices more of 15 ms, or of one request for each connection.
    const { requests, ms } = { requests: 0, ms: 0, ...floor };
    for (const role of roles) {
      expect(sent[role]).toBeGreaterThanOrEqual(requests);
      expect(ownMs[role]).toBeGreaterThanOrEqual(ms);
      expect(ownMs[role]).toBeLessThan(Math.max(ms, (requests * us) / 1000) + 250);
    }
  });

  it('waits for the arm that is slower to get warm', async () => {
    const late = (sent: number, role: Role) =>
      role === 'candidate' && sent < 20_000 ? 60 - sent / 500 : 20;
    const { warm, sent } = await warmed('keep-alive', late);
    expect(warm.steady).toBe(true);
    expect(sent.candidate).toBeGreaterThan(20_000);
    expect(warm.msPerRequest).toEqual({ baseline: 0.02, candidate: 0.02 });
  });

  it('ends at its cap, and says so', async () => {
    const { warm } = await warmed('close', steadily(1_000), 2_000);
    expect(warm.steady).toBe(false);
    expect(warm.ms).toBeGreaterThanOrEqual(2_000);
    expect(warm.ms).toBeLessThan(2_100);
  });
});
