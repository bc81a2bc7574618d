import { fileURLToPath } from 'node:url';
import { noCounts } from '../model/counts.ts';
import type { Engine } from './engine.ts';
import type { ScriptTask } from './k6/task.ts';
import type { Printed, StockProgram } from './stock.ts';
import { startStock } from './stock-engine.ts';

/** k6 with a script of ours, as many VUs as there are connections, paused by signals. */
export const k6Engine: Engine = {
  name: 'k6',
  refuses: () => null,
  start: (options) => startStock(program, options),
  startShared: null,
  startCrew: null,
};

const script = fileURLToPath(new URL('./k6/script.js', import.meta.url));
/** Where nothing is: the user's own settings of k6, and the machine's certificates, are no part of what is measured. */
const nowhere = '/nonexistent';

const program: StockProgram = {
  // A second one ends it before it has summed up.
  interrupts: 'once',
  command: ({ program: file, settings, caFile, env }, origin) => {
    const { scenario, connection, client } = settings;
    const task: ScriptTask = {
      origin,
      connections: scenario.load.model === 'closed' ? scenario.load.connections : 1,
      tls: connection.tls,
      isKept: connection.reuse.kind === 'keep-alive',
      timeoutMs: client.requestTimeoutMs,
      requests: scenario.requests,
    };
    return {
      file,
      args: ['run', '--quiet', '--no-color', '--no-usage-report', '--address', '', script],
      // Not in a file and not as an argument: headers may be secrets.
      env: {
        BENCH_K6: JSON.stringify(task),
        GODEBUG: [env.GODEBUG, 'http2client=0'].filter((of) => of !== undefined).join(','),
        SSL_CERT_FILE: caFile,
        SSL_CERT_DIR: nowhere,
        XDG_CONFIG_HOME: nowhere,
      },
    };
  },
  read,
};

/** What script.ts prints at its end: the metrics of k6, by their names. */
export function read(printed: string): Printed {
  const metrics = JSON.parse(printed) as Readonly<
    Record<string, { readonly values?: Readonly<Record<string, unknown>> }>
  >;
  const number = (metric: string, value: string): number => {
    const found = metrics[metric]?.values?.[value];
    if (typeof found !== 'number') throw new Error(`no ${metric} ${value} in its summary`);
    return found;
  };
  const failed = number('checks', 'fails');
  return {
    counts: { ...noCounts, requests: number('checks', 'passes'), errors: failed },
    // Of whole iterations: http_req_duration leaves connecting out.
    p90Ms: number('iteration_duration', 'p(90)'),
    statuses: [],
    firstError: failed > 0 ? `${failed} answers were not as expected, or did not come` : null,
  };
}
