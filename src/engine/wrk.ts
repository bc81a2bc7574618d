import { noCounts } from '../model/counts.ts';
import type { Settings } from '../model/settings.ts';
import { referencesIn } from '../model/variables.ts';
import type { Engine } from './engine.ts';
import type { Printed, StockProgram } from './stock.ts';
import { refusedByStock, startStock } from './stock-engine.ts';

/** wrk as it is found on PATH: keep-alive, one thread, paused by signals. */
export const wrkEngine: Engine = {
  name: 'wrk',
  refuses,
  start: (options) => startStock(program, options),
  startShared: null,
};

const program: StockProgram = {
  command: ({ program: file, settings }, url) => {
    const { load, requests } = settings.scenario;
    const connections = load.model === 'closed' ? load.connections : 1;
    const headers = Object.entries(requests[0].headers).flatMap(([name, value]) => [
      '-H',
      `${name}: ${value}`,
    ]);
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
        url,
      ],
    };
  },
  read,
};

function refuses(settings: Settings): string | null {
  const refused = refusedByStock(settings);
  if (refused !== null) return refused;
  const [{ method, path, body, headers }] = settings.scenario.requests;
  if (method !== 'GET' || body !== null)
    return `method: ${method} with ${body === null ? 'no' : 'a'} body (it honours: GET without one)`;
  const secret = Object.keys(headers).find((name) => /auth|cookie|token|key|secret/i.test(name));
  if (secret !== undefined)
    return `headers: ${secret} (it takes headers as arguments, which everybody on this machine can read)`;
  const [variable] = [path, ...Object.values(headers)].flatMap(referencesIn);
  if (variable !== undefined)
    return `\${${variable}} (it takes path and headers as arguments, which everybody on this machine can read)`;
  if (settings.client.runtime.kind !== 'current') return 'client.runtime (it is no Node program)';
  return null;
}

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
