import type { ForeignTotals } from '../../model/imported.ts';
import type { Micros } from '../../model/units.ts';
import { fromMs, unreadable } from './fields.ts';

const next = 'Give what `wrk --latency` prints, one run in a file.';

const msOf: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const quantity = String.raw`\s+([\d.]+)(us|ms|s|m|h)\b`;

/** @throws BenchFailure */
export function readWrk(text: string, file: string): ForeignTotals {
  if (/Thread calibration|HdrHistogram/.test(text))
    throw unreadable(file, 'is of wrk2, whose latency has another meaning than wrk’s', next);
  const runs = text.match(/^\s*\d+ requests in /gm)?.length ?? 0;
  if (runs > 1) throw unreadable(file, `holds ${runs} runs, and each file is one launch`, next);
  const found = (pattern: RegExp): readonly number[] =>
    (pattern.exec(text) ?? []).slice(1).map(Number);
  const [completed] = found(/^\s*(\d+) requests in /m);
  const [rate] = found(/^Requests\/sec:\s+([\d.]+)\s*$/m);
  if (completed === undefined || rate === undefined)
    throw unreadable(
      file,
      'has no line "N requests in" or no "Requests/sec:", as wrk prints them',
      next,
    );
  const [refused = 0] = found(/^\s*Non-2xx or 3xx responses: (\d+)/m);
  // A time-out is counted here, and its answer too where it comes after all.
  const broken = found(
    /^\s*Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/m,
  ).reduce((a, b) => a + b, 0);
  const time = (name: string): Micros | null => {
    const [, value, unit = ''] = new RegExp(`^\\s*${name}${quantity}`, 'm').exec(text) ?? [];
    return value === undefined ? null : fromMs(Number(value) * (msOf[unit] ?? Number.NaN));
  };
  return {
    form: 'wrk',
    requests: completed - refused,
    failures: refused + broken,
    // Of the rate, which has more digits than the time.
    seconds: completed / rate,
    latency: {
      latencyMean: time('Latency'),
      latencyP50: time('50%'),
      latencyP90: time('90%'),
      latencyP95: null,
      latencyP99: time('99%'),
    },
  };
}
