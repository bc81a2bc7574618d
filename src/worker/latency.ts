import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import type { Latencies } from './protocol.ts';

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
    this.histogram.recordValue(trackable(latencyUs));
  };

  recordTimes(latencyUs: number, times: number): void {
    this.histogram.recordValueWithCount(trackable(latencyUs), times);
  }

  encoded(): string {
    return encodeIntoCompressedBase64(this.histogram);
  }
}

const trackable = (latencyUs: number): number =>
  Math.min(highestUs, Math.max(1, Math.round(latencyUs)));

/** What a worker said of its latencies, as all of them are stored. */
export function encodedLatency(said: Latencies): string {
  if (typeof said === 'string') return said;
  const recorder = new LatencyRecorder();
  for (const [us, times] of said) recorder.recordTimes(us, times);
  return recorder.encoded();
}
