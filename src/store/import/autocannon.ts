import { z } from 'zod';
import type { ForeignTotals } from '../../model/imported.ts';
import { counted, fitting, fromMs, jsonOrNull } from './fields.ts';

const next = 'Give what `autocannon --json` prints.';

const latency = z.number().nullable().optional();
const result = z.object({
  duration: z.number().positive(),
  '2xx': counted,
  non2xx: counted,
  errors: counted,
  mismatches: counted.default(0),
  latency: z.object({ mean: latency, p50: latency, p90: latency, p99: latency }),
});

/** @throws BenchFailure */
export function readAutocannon(text: string, file: string): ForeignTotals {
  const read = fitting(result, jsonOrNull(text)?.value, file, 'a result of autocannon', next);
  const { mean, p50, p90, p99 } = read.latency;
  return {
    form: 'autocannon',
    requests: read['2xx'],
    failures: read.non2xx + read.errors + read.mismatches,
    // Not its own average, which is one over samples of a second and weighs the last, cut one as much.
    seconds: read.duration,
    latency: {
      latencyMean: fromMs(mean),
      latencyP50: fromMs(p50),
      latencyP90: fromMs(p90),
      latencyP95: null,
      latencyP99: fromMs(p99),
    },
  };
}
