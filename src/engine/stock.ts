import {
  addCounts,
  type Counts,
  noCounts,
  type Observed,
  type WholeCounts,
} from '../model/counts.ts';
import type { Scenario } from '../model/settings.ts';
import { Program } from '../process/program.ts';
import type { ClientStart } from './engine.ts';

/** A load generator as it is shipped: how to start it, and what it prints when it is told to end. */
export interface StockProgram {
  /** Whether it needs more than one signal to end, or must not be sent another. */
  readonly interrupts: 'until it ends' | 'once';
  /** To run for longer than any launch. @param origin of its target: `https://127.0.0.1:3000` */
  command(
    start: ClientStart,
    origin: string,
  ): {
    readonly file: string;
    readonly args: readonly string[];
    /** Beside what the arm has. */
    readonly env: Readonly<Record<string, string>>;
  };
  /** @throws Error saying what was not understood. */
  read(printed: string, scenario: Scenario): Printed;
}

export interface Printed {
  /** Since it began. */
  readonly counts: Counts;
  readonly p90Ms: number;
  readonly statuses: Observed['statuses'];
  readonly firstError: string | null;
}

const endDeadlineMs = 5_000;

/** A stock program aimed at one target: every process of it that is started, and what all of them said when they ended. */
export class AimedProgram {
  readonly core: number | null;
  readonly port: number;
  readonly engine: string;
  private said: WholeCounts = { program: noCounts, probes: noCounts, starts: 0 };
  private statuses: Observed['statuses'] = [];
  private firstError: string | null = null;
  private readonly stock: StockProgram;
  private readonly start: ClientStart;

  constructor(stock: StockProgram, start: ClientStart, port: number) {
    this.stock = stock;
    this.start = start;
    this.port = port;
    this.core = start.cores[0] ?? null;
    this.engine = start.settings.client.engine.kind;
  }

  launch(what: string): Program {
    const { name, settings, host, env } = this.start;
    const scheme = settings.connection.tls === 'none' ? 'http' : 'https';
    const origin = `${scheme}://${host}:${this.port}`;
    const { file, args, env: own } = this.stock.command(this.start, origin);
    const program = new Program({
      ...{ name: `${what} of ${name}`, file, args, core: this.core },
      env: { ...env, ...own },
    });
    this.start.started(() => program.stop());
    return program;
  }

  /** @throws ChildFailure where it does not end in time, or prints something else than its results. */
  async end(program: Program, as: 'program' | 'probes'): Promise<Printed> {
    const printed = await program.interrupt(endDeadlineMs, this.stock.interrupts);
    let read: Printed;
    try {
      read = this.stock.read(printed, this.start.settings.scenario);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw program.failure(`printed something else than its results: ${why}`);
    }
    const { said } = this;
    this.said = { ...said, [as]: addCounts(said[as], read.counts), starts: said.starts + 1 };
    this.statuses = [...new Set([...this.statuses, ...read.statuses])];
    this.firstError ??= read.firstError;
    return read;
  }

  /** @param rssBytes the program's, while it ran. */
  finished(rssBytes: number) {
    const { said: whole, statuses, firstError } = this;
    const observed = { tlsVersions: [], ciphers: [], keyExchanges: [], httpVersions: [], statuses };
    return [
      { rssBytes, latency: null, observed, replayed: null, firstError, whole, claimedCpu: [] },
    ];
  }
}
