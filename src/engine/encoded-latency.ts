import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { highestUs, significantDigits, trackable } from '../worker/latency.ts';
import type { Latencies } from '../worker/protocol.ts';

/** What a worker said of its latencies, as it is stored: an HDR histogram, compressed, in base64. */
export function encodedLatency(said: Latencies): string {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestUs,
    numberOfSignificantValueDigits: significantDigits,
  });
  for (const [us, times] of said) histogram.recordValueWithCount(trackable(us), times);
  return encodeIntoCompressedBase64(histogram);
}
