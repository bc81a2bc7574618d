import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';

/** One minute: above every request time-out that makes sense here; larger values are clamped. */
const highestUs = 60_000_000;

/** Latencies in µs with three significant figures. */
export class LatencyRecorder {
  private readonly histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestUs,
    numberOfSignificantValueDigits: 3,
  });

  readonly record = (latencyUs: number): void => {
    this.histogram.recordValue(Math.min(highestUs, Math.max(1, Math.round(latencyUs))));
  };

  encoded(): string {
    return encodeIntoCompressedBase64(this.histogram);
  }
}
