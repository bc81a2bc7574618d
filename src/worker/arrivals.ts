import { LoadFailure } from './load-failure.ts';

/** When the next request is sent, and on which slot. Times are in ms of `performance.now`. */
export interface Arrivals {
  /** A window begins: nothing is in flight. */
  begin(now: number): void;
  /** Sent now, and counted from `since`; null where nothing is due. */
  next(now: number): { readonly slot: number; readonly since: number } | null;
  /** When `next` is to be asked again, unless somebody is answered before; infinity where only an answer can help. */
  dueAt(): number;
  answered(slot: number): void;
}

/**
 * Constant throughput, as Locust has it: each user sends at most once a period, from start to start, and waits for
 * max(0, period − time taken). Who is late goes on at once and does not catch up. The load is closed: while the
 * server stands still users wait for it, and latency is from sending.
 */
export class Users implements Arrivals {
  /** Users by when they are due, the first at the end. */
  private waiting: number[] = [];
  private late: number[] = [];
  private readonly dueOf: Float64Array;
  private readonly busy: Uint8Array;
  private readonly isLate: Uint8Array;
  private readonly periodMs: number;

  constructor(users: number, periodMs: number) {
    this.periodMs = periodMs;
    this.dueOf = new Float64Array(users);
    this.busy = new Uint8Array(users);
    this.isLate = new Uint8Array(users);
  }

  begin(now: number): void {
    const users = this.dueOf.length;
    this.late = [];
    this.isLate.fill(0);
    this.dueOf.forEach((_, user) => {
      this.dueOf[user] = now + (user * this.periodMs) / users;
    });
    this.waiting = Array.from(this.dueOf, (_, user) => users - 1 - user);
  }

  next(now: number): { readonly slot: number; readonly since: number } | null {
    const late = this.late.shift();
    const user = late ?? this.dueBefore(now);
    if (user === null) return null;
    this.isLate[user] = 0;
    this.busy[user] = 1;
    // A timer that fires late must not slow the pace; who waited for an answer begins a period anew.
    this.wait(user, (late === undefined ? (this.dueOf[user] ?? now) : now) + this.periodMs);
    return { slot: user, since: now };
  }

  dueAt(): number {
    const first = this.waiting.at(-1);
    return first === undefined ? Number.POSITIVE_INFINITY : (this.dueOf[first] ?? 0);
  }

  answered(user: number): void {
    this.busy[user] = 0;
    if (this.isLate[user] === 1) this.late.push(user);
  }

  /** Nearly always the last in the queue. */
  private wait(user: number, due: number): void {
    this.dueOf[user] = due;
    let place = 0;
    while ((this.dueOf[this.waiting[place] ?? user] ?? 0) > due) place += 1;
    this.waiting.splice(place, 0, user);
  }

  /** Whoever is due and still waits for an answer is late, and leaves the queue until it comes. */
  private dueBefore(now: number): number | null {
    while (this.dueAt() <= now) {
      const user = this.waiting.pop();
      if (user === undefined) return null;
      if (this.busy[user] === 0) return user;
      this.isLate[user] = 1;
    }
    return null;
  }
}

/** More than this in flight, and the server has been lost sight of: the launch is given up. */
const mostInFlight = 10_000;

/**
 * Open load: requests are sent when they are due, however many are unanswered. Latency is from when a request was due,
 * so a server that stands still is seen by all that would have come meanwhile (no coordinated omission).
 */
export class Timetable implements Arrivals {
  private due = Number.POSITIVE_INFINITY;
  private free: number[] = [];
  private slots = 0;
  private readonly gapMs: () => number;

  /** @param gapMs to the next request: always the same, or exponential for Poisson arrivals. */
  constructor(gapMs: () => number) {
    this.gapMs = gapMs;
  }

  begin(now: number): void {
    this.due = now + this.gapMs();
  }

  next(now: number): { readonly slot: number; readonly since: number } | null {
    if (this.due > now) return null;
    const since = this.due;
    this.due += this.gapMs();
    const kept = this.free.pop();
    if (kept !== undefined) return { slot: kept, since };
    if (this.slots === mostInFlight)
      throw new LoadFailure(
        `${mostInFlight} requests of one worker are unanswered, and more are due: the target does not keep up with scenario.load.rate. Lower it`,
      );
    this.slots += 1;
    return { slot: this.slots - 1, since };
  }

  dueAt(): number {
    return this.due;
  }

  answered(slot: number): void {
    this.free.push(slot);
  }
}

/** Exponential gaps from a seeded xorshift (Marsaglia 2003, 13, 17, 5): the same arrivals in both arms. */
export function exponentialGaps(meanMs: number, seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // In (0, 1): the state is never 0.
    return -meanMs * Math.log((state >>> 0) / 2 ** 32);
  };
}
