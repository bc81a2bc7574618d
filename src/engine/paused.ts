import { setTimeout as wait } from 'node:timers/promises';
import { addCounts, type Counts, noCounts, type Observed } from '../model/counts.ts';
import { micros } from '../model/units.ts';
import { cpuTimeOf, residentBytesOf } from '../process/cpu-time.ts';
import { Program } from '../process/program.ts';
import type { ClientStart, PausedClient } from './engine.ts';

/** A load generator as it is shipped: how to start it, and what it prints when it is told to end. */
export interface StockProgram {
  /** To run for longer than any launch, on this URL. */
  command(
    start: ClientStart,
    url: string,
  ): {
    readonly file: string;
    readonly args: readonly string[];
    /** Beside what the arm has. */
    readonly env: Readonly<Record<string, string>>;
  };
  /** @throws Error saying what was not understood. */
  read(printed: string): Printed;
}

export interface Printed {
  /** Since it began. */
  readonly counts: Counts;
  readonly p90Ms: number;
  readonly statuses: Observed['statuses'];
  readonly firstError: string | null;
}

/** Long enough for some thousand requests, or a hundred slow ones. */
const probeMs = 150;
const startDeadlineMs = 15_000;
const lookMs = 10;
const endDeadlineMs = 5_000;
/** Clients take longer rests for time-outs: wrk reports them after 2 s, undici connects anew after 3.5 s. */
const longestRestMs = 1_000;
const leastTimeoutMs = 3_000;

/** Starts the program and puts it to rest once it has sent requests. */
export async function startPaused(stock: StockProgram, start: ClientStart): Promise<PausedClient> {
  const { name, settings, host, env } = start;
  const core = start.cores[0] ?? null;
  const scheme = settings.connection.tls === 'none' ? 'http' : 'https';
  const url = `${scheme}://${host}:${await start.port}${settings.scenario.requests[0].path}`;
  const launched = async (what: string): Promise<Program> => {
    const before = await start.served();
    const { file, args, env: own } = stock.command(start, url);
    const program = new Program({
      ...{ name: `${what} of ${name}`, file, args, core },
      env: { ...env, ...own },
    });
    start.started(() => program.stop());
    const deadline = performance.now() + startDeadlineMs;
    while ((await start.served()) === before) {
      program.mustRun();
      if (performance.now() > deadline) throw program.failure('sent no request');
      await wait(lookMs);
    }
    return program;
  };
  const program = await launched(settings.client.engine.kind);
  program.rest();
  let restingSince = performance.now();
  let probed = noCounts;
  return {
    kind: 'paused',
    probe: async () => {
      const copy = await launched('probe');
      await wait(probeMs);
      const { p90Ms, counts } = await ended(stock, copy);
      probed = addCounts(probed, counts);
      return p90Ms;
    },
    workers: [{ pid: program.pid, core }],
    cpuUs: () => {
      const read = cpuTimeOf(program.pid);
      if (read === null) throw program.failure('does not show its CPU time in /proc');
      return read;
    },
    run: async (ms, measured) => {
      const startedAt = performance.now();
      const rested = startedAt - restingSince;
      if (measured && rested > longestRestMs) {
        throw program.failure(
          `rested for ${Math.round(rested)} ms; more than ${longestRestMs} ms would count as time-outs`,
        );
      }
      program.resume();
      await wait(ms);
      program.rest();
      restingSince = performance.now();
      return micros((restingSince - startedAt) * 1000);
    },
    finish: async () => {
      const rssBytes = residentBytesOf(program.pid) ?? 0;
      const { counts, statuses, firstError } = await ended(stock, program);
      const observed = {
        tlsVersions: [],
        ciphers: [],
        keyExchanges: [],
        httpVersions: [],
        statuses,
      };
      return [
        {
          rssBytes,
          latency: null,
          observed,
          firstError,
          whole: { program: counts, probes: probed },
        },
      ];
    },
    stop: () => program.stop(),
  };
}

async function ended(stock: StockProgram, program: Program): Promise<Printed> {
  const printed = await program.interrupt(endDeadlineMs);
  try {
    return stock.read(printed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw program.failure(`printed something else than its results: ${why}`);
  }
}

/** The first setting that no program can honour that is neither ours nor able to cooperate, or null. */
export function refusedByPausing({
  scenario,
  target,
  client,
  connection,
}: ClientStart['settings']): string | null {
  if (target.kind !== 'builtin')
    return 'target.start (it is paused, and only the built-in target counts by slice; engine http is not)';
  const { load, requests } = scenario;
  const { reuse, session, context, ca } = connection;
  if (load.model !== 'closed')
    return `scenario.load.model: ${load.model} (paced load cannot be paused)`;
  if (reuse.kind !== 'keep-alive')
    return `connection.reuse: ${reuse.kind} (it honours: keep-alive)`;
  if (session !== 'none') return `connection.session: ${session} (it honours: none)`;
  if (context !== 'shared') return `connection.context: ${context} (it honours: shared)`;
  if (ca.kind !== 'none') return `connection.ca: ${ca.kind} (it verifies nothing)`;
  if (client.requestTimeoutMs < leastTimeoutMs)
    return `client.requestTimeout: ${client.requestTimeoutMs} ms (a rest counts into it: ${leastTimeoutMs} ms or more)`;
  if (client.workers !== 1) return `client.workers: ${client.workers} (it honours: 1)`;
  if (requests.length !== 1)
    return `scenario.requests: ${requests.length} of them (it honours: one)`;
  const { expect } = requests[0];
  if (expect.status !== 200) return `expect.status: ${expect.status} (it honours: 200)`;
  if (expect.body.kind !== 'any') return 'expect.body (it does not look at bodies)';
  return null;
}
