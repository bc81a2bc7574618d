import { noCounts } from '../model/counts.ts';
import type { Engine } from './engine.ts';
import type { Printed, StockProgram } from './stock.ts';
import { startStock } from './stock-engine.ts';
import { headerArguments, refusedInArguments } from './visible.ts';

/** wrk as it is found on PATH: one thread, paused by signals. */
export const wrkEngine: Engine = {
  name: 'wrk',
  refuses: refusedInArguments,
  start: (options) => startStock(program, options),
  startShared: null,
  startCrew: null,
};

const program: StockProgram = {
  interrupts: 'until it ends',
  command: ({ program: file, settings }, origin) => {
    const { load, requests } = settings.scenario;
    const [{ path, headers: own }] = requests;
    const connections = load.model === 'closed' ? load.connections : 1;
    // The target closes then, and wrk connects anew.
    const closing = settings.connection.reuse.kind === 'close' ? { connection: 'close' } : {};
    const headers = headerArguments({ ...own, ...closing });
    const timeout = Math.ceil(settings.client.requestTimeoutMs / 1000);
    return {
      env: {},
      file,
      args: [
        '-t1',
        `-c${connections}`,
        '-d3600s',
        `--timeout`,
        `${timeout}s`,
        '--latency',
        ...headers,
        `${origin}${path}`,
      ],
    };
  },
  read,
};

const unitMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** What wrk 4 prints: `  12345 requests in 1.00s, 1.50MB read`, with `Socket errors` and `Non-2xx` lines only where there were any. */
export function read(printed: string): Printed {
  const requests = /^\s*(\d+) requests in /m.exec(printed);
  const p90 = /^\s*90%\s+([\d.]+)(us|ms|s|m|h)$/m.exec(printed);
  if (requests === null || p90 === null)
    throw new Error(`no totals in ${JSON.stringify(printed.slice(0, 200))}`);
  const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(
    printed,
  );
  const refused = /Non-2xx or 3xx responses: (\d+)/.exec(printed);
  const [connect = 0, reading = 0, writing = 0, timeout = 0] = (socket ?? []).slice(1).map(Number);
  const unexpected = Number(refused?.[1] ?? 0);
  // A read error costs a request; requests with an unexpected status are among those that wrk counts.
  const errors = connect + reading + writing + timeout + unexpected;
  const all = Number(requests[1]);
  return {
    counts: { ...noCounts, requests: all - unexpected, errors },
    p90Ms: Number(p90[1]) * (unitMs[p90[2] ?? ''] ?? Number.NaN),
    statuses: [],
    firstError: socket?.[0] ?? refused?.[0] ?? null,
  };
}
