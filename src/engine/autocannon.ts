import { fileURLToPath } from 'node:url';
import { noCounts } from '../model/counts.ts';
import type { Engine } from './engine.ts';
import type { Printed, StockProgram } from './stock.ts';
import { startStock } from './stock-engine.ts';

/**
 * autocannon from npm, on the arm's Node: keep-alive, paused by signals. Close modes are not for it: it connects anew
 * without counting (reference/loadgen.md §0).
 */
export const autocannonEngine: Engine = {
  name: 'autocannon',
  refuses: () => null,
  start: (options) => startStock(program, options),
  startShared: null,
  startCrew: null,
};

/** src/worker/autocannon.ts reads it. */
const optionsVariable = 'BENCH_AUTOCANNON';
const host = fileURLToPath(new URL('../worker/autocannon.js', import.meta.url));

const program: StockProgram = {
  interrupts: 'until it ends',
  command: ({ program: module, runtime, settings }, origin) => {
    const { load, requests } = settings.scenario;
    const [{ method, path, body, headers }] = requests;
    const options = {
      // It looks whether it is to stop once in a sample, and a sample is a second where nobody says.
      ...{ url: `${origin}${path}`, method, headers, duration: 3600, sampleInt: 100 },
      ...(body === null ? {} : { body }),
      connections: load.model === 'closed' ? load.connections : 1,
      timeout: Math.ceil(settings.client.requestTimeoutMs / 1000),
    };
    // Not as an argument: headers may be secrets, and anybody may read those.
    return {
      file: runtime,
      args: [host, module],
      env: { [optionsVariable]: JSON.stringify(options) },
    };
  },
  read,
};

/** autocannon's result; the names are its own. */
export function read(printed: string): Printed {
  const result = JSON.parse(printed) as Readonly<Record<string, unknown>>;
  const number = (value: unknown, name: string): number => {
    if (typeof value !== 'number') throw new Error(`no ${name} in its JSON`);
    return value;
  };
  const latency = result.latency as Readonly<Record<string, unknown>> | undefined;
  const requests = result.requests as Readonly<Record<string, unknown>> | undefined;
  const unexpected = number(result.non2xx, 'non2xx');
  const failed = number(result.errors, 'errors');
  const codes = Object.keys((result.statusCodeStats as object | undefined) ?? {});
  return {
    counts: {
      ...noCounts,
      requests: number(requests?.total, 'requests.total') - unexpected,
      errors: failed + unexpected,
    },
    // In whole milliseconds, cut off: the next is not exceeded.
    p90Ms: Math.floor(number(latency?.p90, 'latency.p90')) + 1,
    statuses: codes.map(Number).sort((a, b) => a - b),
    firstError:
      failed > 0
        ? `${failed} connection errors or time-outs`
        : unexpected > 0
          ? `${unexpected} answers were not 2xx`
          : null,
  };
}
