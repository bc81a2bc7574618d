/** Latencies of one arm, all launches that counted together. */
export interface LatencyDistribution {
  readonly requests: number;
  readonly quantiles: readonly LatencyQuantile[];
}

interface LatencyQuantile {
  /** Share of the requests that took at most this long: 0.99 is p99, 1 the longest of all. */
  readonly quantile: number;
  /** In µs, to a thousandth of its size: by the histogram that workers keep. */
  readonly us: number;
}
