// By its own file: the index of the package takes a third of the time in which a worker starts.
import histograms from 'hdr-histogram-js/dist/Int32Histogram.js';
import type { Latencies } from './protocol.ts';

/** One minute: above every request time-out that makes sense here; larger values are clamped. */
export const highestUs = 60_000_000;

export const significantDigits = 3;

export const trackable = (latencyUs: number): number =>
  Math.min(highestUs, Math.max(1, Math.round(latencyUs)));

/** Latencies in µs with three significant figures. */
export class LatencyRecorder {
  private readonly histogram = new histograms.default(1, highestUs, significantDigits);

  readonly record = (latencyUs: number): void => {
    this.histogram.recordValue(trackable(latencyUs));
  };

  recorded(): Latencies {
    const { recordedValuesIterator: values } = this.histogram;
    const found: [us: number, times: number][] = [];
    values.reset();
    while (values.hasNext()) {
      const { valueIteratedTo, countAtValueIteratedTo } = values.next();
      found.push([valueIteratedTo, countAtValueIteratedTo]);
    }
    return found;
  }
}
