import { type Fraction, fraction } from './units.ts';

export const metricNames = [
  'cpuPerRequest',
  'targetCpuPerRequest',
  'rps',
  'achievedRate',
  'latencyMean',
  'latencyP50',
  'latencyP90',
  'latencyP95',
  'latencyP99',
  'errorRate',
  'rss',
] as const;

export type MetricName = (typeof metricNames)[number];

/** Direction and unit belong to the metric, never to the code that compares. */
export interface MetricDefinition {
  readonly label: string;
  readonly unit: 'µs' | '1/s' | 'bytes' | 'fraction';
  readonly better: 'lower' | 'higher';
  /** Whose work it is. `both`: client and target together. */
  readonly side: 'client' | 'target' | 'both';
  /** A proven change for the worse that is smaller than this is `slower`, not `regression`. */
  readonly margin: Fraction;
}

const lowerTime = (label: string, side: MetricDefinition['side'], margin: number) =>
  ({ label, unit: 'µs', better: 'lower', side, margin: fraction(margin) }) as const;

export const metrics: Readonly<Record<MetricName, MetricDefinition>> = {
  cpuPerRequest: lowerTime('client CPU per request', 'client', 0.02),
  targetCpuPerRequest: lowerTime('target CPU per request', 'target', 0.02),
  rps: {
    label: 'requests per second',
    unit: '1/s',
    better: 'higher',
    side: 'both',
    margin: fraction(0.03),
  },
  achievedRate: {
    label: 'achieved share of the intended rate',
    unit: 'fraction',
    better: 'higher',
    side: 'both',
    margin: fraction(0.03),
  },
  latencyMean: lowerTime('mean latency', 'both', 0.05),
  latencyP50: lowerTime('median latency', 'both', 0.05),
  latencyP90: lowerTime('p90 latency', 'both', 0.05),
  latencyP95: lowerTime('p95 latency', 'both', 0.05),
  latencyP99: lowerTime('p99 latency', 'both', 0.1),
  errorRate: {
    label: 'failed requests',
    unit: 'fraction',
    better: 'lower',
    side: 'both',
    margin: fraction(0),
  },
  rss: {
    label: 'client memory',
    unit: 'bytes',
    better: 'lower',
    side: 'client',
    margin: fraction(0.05),
  },
};

/** Those that divide a time by the requests, CPU of one side or wall time, and so have a value in each block. */
export type BlockMetric = Extract<MetricName, 'cpuPerRequest' | 'targetCpuPerRequest' | 'rps'>;
