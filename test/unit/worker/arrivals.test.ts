import { describe, expect, it } from 'vitest';
import { type Arrivals, exponentialGaps, Timetable, Users } from '../../../src/worker/arrivals.ts';

interface Sent {
  readonly slot: number;
  readonly since: number;
  readonly at: number;
}

/** Runs arrivals against a server that takes `takesMs` for what is sent at a time, in steps of 1 ms. */
function sentBy(arrivals: Arrivals, untilMs: number, takesMs: (atMs: number) => number): Sent[] {
  const sent: Sent[] = [];
  let busy: { readonly slot: number; readonly endsAt: number }[] = [];
  arrivals.begin(0);
  for (let now = 0; now < untilMs; now += 1) {
    for (const { slot, endsAt } of busy) if (endsAt <= now) arrivals.answered(slot);
    busy = busy.filter(({ endsAt }) => endsAt > now);
    for (let due = arrivals.next(now); due !== null; due = arrivals.next(now)) {
      sent.push({ ...due, at: now });
      busy.push({ slot: due.slot, endsAt: now + takesMs(now) });
    }
  }
  return sent;
}

describe('constant throughput', () => {
  it('sends each user once a period, evenly spread, while the server keeps up', () => {
    const sent = sentBy(new Users(10, 100), 1_000, () => 30);
    expect(sent).toHaveLength(100);
    for (const [i, { at, slot }] of sent.entries()) {
      expect(at).toBe(10 * i);
      expect(slot).toBe(i % 10);
    }
  });

  it('is closed: a user waits for its answer, goes on at once, and does not catch up', () => {
    const sent = sentBy(new Users(1, 100), 1_000, (at) => (at < 100 ? 350 : 10));
    expect(sent.map(({ at }) => at)).toEqual([0, 350, 450, 550, 650, 750, 850, 950]);
    for (const { at, since } of sent) expect(since).toBe(at);
  });

  it('keeps the pace where the sender itself is late, and does not fall behind by the slips of its timer', () => {
    const users = new Users(2, 100);
    users.begin(0);
    const sent: number[] = [];
    for (let now = 0; now < 1_000; now += 30) {
      for (let due = users.next(now); due !== null; due = users.next(now)) {
        sent.push(now);
        users.answered(due.slot);
      }
    }
    // Every 50 ms, seen at the next multiple of 30.
    expect(sent).toEqual(Array.from({ length: 20 }, (_, i) => 30 * Math.ceil((50 * i) / 30)));
  });

  it('sends what the server can take where it cannot keep up', () => {
    // Four users, 200 ms each: 20 a second at most, where 40 were wanted.
    expect(sentBy(new Users(4, 100), 1_000, () => 200)).toHaveLength(20);
  });

  it('begins a second window as it began the first', () => {
    const users = new Users(3, 90);
    const first = sentBy(users, 200, () => 5);
    expect(sentBy(users, 200, () => 5)).toEqual(first);
  });
});

describe('open load', () => {
  it('sends when it is due, and counts from then, however long the server stands still', () => {
    const sent = sentBy(new Timetable(() => 10), 500, (at) => (at < 300 ? 300 - at : 1));
    expect(sent).toHaveLength(49);
    for (const { at, since } of sent) expect(since).toBe(at);
    const [last] = sent.filter(({ at }) => at < 300).slice(-1);
    // 29 were on their way at once, each on a connection of its own; afterwards those are used again.
    expect(last?.slot).toBe(28);
    expect(Math.max(...sent.map(({ slot }) => slot))).toBe(28);
  });

  it('counts from when it was due where the sender itself is late', () => {
    const timetable = new Timetable(() => 10);
    timetable.begin(0);
    const due = [timetable.next(35), timetable.next(35), timetable.next(35), timetable.next(35)];
    expect(due.map((of) => of?.since)).toEqual([10, 20, 30, undefined]);
  });

  it('gives up where nothing is ever answered', () => {
    expect(() => sentBy(new Timetable(() => 0.01), 1_000, () => 1e9)).toThrow(
      /^10000 requests of one worker are unanswered, .*scenario\.load\.rate\. Lower it$/,
    );
  });

  it('has exponential gaps for Poisson arrivals, the same for the same seed', () => {
    const gap = exponentialGaps(2, 0x9e3779b1);
    const gaps = Array.from({ length: 20_000 }, gap);
    const mean = gaps.reduce((sum, g) => sum + g, 0) / gaps.length;
    expect(mean).toBeGreaterThan(1.95);
    expect(mean).toBeLessThan(2.05);
    // Of an exponential distribution e⁻¹ lies beyond the mean.
    const beyond = gaps.filter((g) => g > 2).length / gaps.length;
    expect(beyond).toBeCloseTo(Math.exp(-1), 2);
    expect(Array.from({ length: 20_000 }, exponentialGaps(2, 0x9e3779b1))).toEqual(gaps);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });
});
