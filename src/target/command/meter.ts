import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names the socket to the preload; its value is the mark of a target's processes, too. */
export const meterVariable = 'BENCH_TARGET_METER';
const agent = fileURLToPath(new URL('./agent.cjs', import.meta.url));
/** A socket's path has at most 107 bytes on Linux, 103 on macOS. */
const longestPath = 103;
/** A process that does not answer by then is stuck in one call, as a wrapper that waits for its server is. */
const answerMs = 1_000;

/** Reads the CPU of every Node process of a target by asking the processes themselves. */
export class CpuMeter {
  readonly socket: string;
  private readonly reports: Report[] = [];
  private readonly folder: string | null;
  private readonly server: Server;

  private constructor(socket: string, folder: string | null) {
    this.socket = socket;
    this.folder = folder;
    this.server = createServer((connection) => void this.reports.push(new Report(connection)));
  }

  /** @param name makes the socket's file in the run's folder unique. */
  static async open(runFolder: string, name: string): Promise<CpuMeter> {
    const wanted = path.join(runFolder, `${name}.sock`);
    const folder =
      Buffer.byteLength(wanted) <= longestPath ? null : mkdtempSync(path.join(tmpdir(), 'bench-'));
    // A run that was killed leaves its own behind.
    rmSync(wanted, { force: true });
    const meter = new CpuMeter(folder === null ? wanted : path.join(folder, 'meter.sock'), folder);
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
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
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

/** What the user sets, behind our preload: it comes first, so nothing is patched when it is loaded. */
export const preloading = (options: string | undefined): string => {
  const quoted = `--require "${agent.replaceAll(/["\\]/g, '\\$&')}"`;
  return options === undefined ? quoted : `${quoted} ${options}`;
};
