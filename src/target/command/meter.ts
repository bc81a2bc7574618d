import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { preloading } from '../../process/preload.ts';
import { type SocketPlace, socketPlace } from '../../process/socket-place.ts';

/** Names the socket to the preload; its value is the mark of a target's processes, too. */
export const meterVariable = 'BENCH_TARGET_METER';
const agent = fileURLToPath(new URL('./agent.cjs', import.meta.url));
/** A process that does not answer by then is stuck in one call, as a wrapper that waits for its server is. */
const answerMs = 1_000;

/** Reads the CPU of every Node process of a target by asking the processes themselves. */
export class CpuMeter {
  readonly socket: string;
  private readonly reports: Report[] = [];
  private readonly place: SocketPlace;
  private readonly server: Server;

  private constructor(place: SocketPlace) {
    this.place = place;
    this.socket = place.socket;
    this.server = createServer((connection) => void this.reports.push(new Report(connection)));
  }

  /** @param name makes the socket's file in the run's folder unique. */
  static async open(runFolder: string, name: string): Promise<CpuMeter> {
    const meter = new CpuMeter(socketPlace(runFolder, name));
    meter.server.listen(meter.socket);
    await once(meter.server, 'listening');
    return meter;
  }

  /** CPU of all that ever reported, since they began; null while none has. */
  async read(): Promise<number | null> {
    await Promise.all(this.reports.map((report) => report.refresh(answerMs)));
    if (this.reports.length === 0) return null;
    return this.reports.reduce((sum, { cpuUs }) => sum + cpuUs, 0);
  }

  close(): void {
    for (const report of this.reports) report.end();
    // Removes the socket's file.
    this.server.close();
    this.place.remove();
  }
}

/** What one process has said last. It stays in the sum when the process is gone. */
class Report {
  cpuUs = 0;
  private rest = '';
  private answered: (() => void) | null = null;
  private readonly connection: Socket;

  constructor(connection: Socket) {
    this.connection = connection;
    connection.setEncoding('utf8').on('data', (text: string) => this.take(text));
    connection.on('error', () => connection.destroy());
    connection.on('close', () => this.answered?.());
  }

  refresh(deadlineMs: number): Promise<void> {
    if (this.connection.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), deadlineMs);
      this.answered = () => {
        clearTimeout(timer);
        this.answered = null;
        resolve();
      };
      this.connection.write('?');
    });
  }

  end(): void {
    this.connection.destroy();
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    const last = lines.at(-1);
    if (last === undefined) return;
    this.cpuUs = Number(last);
    this.answered?.();
  }
}

/** What the user sets, behind our preload. */
export const withMeter = (options: string | undefined): string => preloading(agent, options);
