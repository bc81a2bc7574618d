import { noCounts } from '../model/counts.ts';
import type { Scenario } from '../model/settings.ts';
import type { Engine } from './engine.ts';
import type { Printed, StockProgram } from './stock.ts';
import { startStock } from './stock-engine.ts';
import { headerArguments, refusedInArguments } from './visible.ts';

/** oha as it is found on PATH: one thread, paused by signals. */
export const ohaEngine: Engine = {
  name: 'oha',
  refuses: refusedInArguments,
  start: (options) => startStock(program, options),
  startShared: null,
  startCrew: null,
};

const program: StockProgram = {
  interrupts: 'once',
  command: ({ program: file, settings, caFile }, origin) => {
    const { load, requests } = settings.scenario;
    const [{ method, path, headers, body }] = requests;
    const connections = load.model === 'closed' ? load.connections : 1;
    return {
      file,
      args: [
        ...['--no-tui', '--output-format', 'json', '-z', '24h', '-c', String(connections)],
        ...['-t', `${settings.client.requestTimeoutMs}ms`, '--http-version', '1.1'],
        ...(settings.connection.reuse.kind === 'close' ? ['--disable-keepalive'] : []),
        ...['-m', method, ...headerArguments(headers), ...(body === null ? [] : ['-d', body])],
        `${origin}${path}`,
      ],
      // It asks for as many threads as the machine has cores, and has one of them.
      env: { TOKIO_WORKER_THREADS: '1', SSL_CERT_FILE: caFile },
    };
  },
  read,
};

/** What is in flight when it is told to end. */
const aborted = 'aborted due to deadline';

/** oha's JSON; the names are its own. */
export function read(printed: string, { requests: [{ expect }] }: Scenario): Printed {
  const result = JSON.parse(printed) as {
    readonly latencyPercentiles?: { readonly p90?: number | null };
    readonly statusCodeDistribution?: Readonly<Record<string, number>>;
    readonly errorDistribution?: Readonly<Record<string, number>>;
  };
  const { statusCodeDistribution: byStatus, errorDistribution: byError } = result;
  const p90 = result.latencyPercentiles?.p90;
  if (byStatus === undefined || byError === undefined || p90 === undefined)
    throw new Error('no statusCodeDistribution, errorDistribution or p90 in its JSON');
  const sum = (of: Readonly<Record<string, number>>): number =>
    Object.values(of).reduce((all, count) => all + count, 0);
  const { [aborted]: _, ...failures } = byError;
  const requests = byStatus[String(expect.status)] ?? 0;
  const unexpected = sum(byStatus) - requests;
  return {
    counts: { ...noCounts, requests, errors: unexpected + sum(failures) },
    // Null where nothing was answered.
    p90Ms: (p90 ?? 0) * 1000,
    statuses: Object.keys(byStatus).map(Number),
    firstError:
      Object.keys(failures)[0] ??
      (unexpected > 0 ? `${unexpected} answers were not ${expect.status}` : null),
  };
}
