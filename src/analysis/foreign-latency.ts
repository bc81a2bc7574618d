import type { ForeignProgram, LatencyName } from '../model/imported.ts';

interface ForeignLatency {
  /** What the program calls a latency, as the end of a sentence. */
  readonly meaning: string;
  /** How far apart two neighbouring values are that the program can tell, in µs. @param us the value. */
  readonly step: (name: LatencyName, us: number) => number;
}

const ms = 1_000;

/** Two meanings are never compared, and what comes in steps wider than its margin never gates. */
export const foreignLatency: Readonly<Record<ForeignProgram, ForeignLatency>> = {
  k6: {
    meaning: 'http_req_duration: sending, waiting and receiving, without DNS, connection and TLS',
    step: () => 0,
  },
  locust: {
    meaning: 'the whole call of the client: DNS, connection, TLS and waiting for its turn included',
    // Times are rounded to two digits before they are counted, and only then percentiles taken.
    step: (name, us) => {
      if (name === 'latencyMean') return 0;
      if (us < 100 * ms) return ms;
      return us < 1_000 * ms ? 10 * ms : us < 10_000 * ms ? 100 * ms : 1_000 * ms;
    },
  },
  autocannon: {
    meaning: 'from writing a request to the end of its answer, in whole milliseconds',
    // Its histogram cuts every time to whole milliseconds, and the mean is one of what is left.
    step: () => ms,
  },
  wrk: {
    meaning: 'from writing a request to the end of its answer, without the connection',
    // Two decimals of the unit that it prints.
    step: (_, us) => (us < ms ? 0.01 : us < 1_000 * ms ? 10 : 10 * ms),
  },
};
