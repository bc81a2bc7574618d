import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { expect, it } from 'vitest';
import { encodedLatency } from '../../../src/engine/encoded-latency.ts';
import { LatencyRecorder } from '../../../src/worker/latency.ts';

it('what a worker says of its latencies is stored as if it had been recorded there', () => {
  const recorder = new LatencyRecorder();
  const direct = build({ highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
  for (let us = 1; us < 50_000_000; us = us * 1.003 + 0.7) {
    recorder.record(us);
    direct.recordValue(Math.round(us));
  }
  recorder.record(0.2);
  direct.recordValue(1);
  // A value on the way must not end what is said later.
  recorder.recorded();
  recorder.record(1e9);
  direct.recordValue(60_000_000);
  const stored = decodeFromCompressedBase64(encodedLatency(recorder.recorded()));
  expect(stored.totalCount).toBe(direct.totalCount);
  for (const quantile of [0, 1, 10, 50, 90, 99, 99.9, 100])
    expect(stored.getValueAtPercentile(quantile)).toBe(direct.getValueAtPercentile(quantile));
});
