import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../model/failure.ts';
import { Conversation } from './conversation.ts';
import { preloading } from './preload.ts';
import type { FromProfiled, ToProfiled } from './profiler/protocol.ts';
import { type SocketPlace, socketPlace } from './socket-place.ts';

const variable = 'BENCH_PROFILER';
const agent = fileURLToPath(new URL('./profiler/agent.cjs', import.meta.url));
/** A process that is stuck in one call, as a wrapper that waits for its server is, does not answer. */
const startMs = 3_000;
/** It puts the profile together and writes it. */
const stopMs = 10_000;
/** Of an answer: whatever says more is not our agent. */
const longestLine = 100_000;

/** Profiles all Node processes that have its environment, of one part of an arm. */
export class Profiler {
  private readonly place: SocketPlace;
  private readonly server: Server;
  private readonly all: Profiled[] = [];

  private constructor(place: SocketPlace) {
    this.place = place;
    this.server = createServer((connection) => void this.all.push(new Profiled(connection)));
  }

  /** @param name makes the socket's file in the run's folder unique. */
  static async open(runFolder: string, name: string): Promise<Profiler> {
    const profiler = new Profiler(socketPlace(runFolder, name));
    profiler.server.listen(profiler.place.socket);
    await once(profiler.server, 'listening');
    return profiler;
  }

  environment(own: Readonly<Record<string, string>>): Record<string, string> {
    return {
      ...own,
      NODE_OPTIONS: preloading(agent, own.NODE_OPTIONS),
      [variable]: this.place.socket,
    };
  }

  /** Whether any Node process has said that it is there. */
  get hasProcess(): boolean {
    return this.all.length > 0;
  }

  /** @returns why none could be; null where one could at least. */
  async start(intervalUs: number): Promise<string | null> {
    if (!this.hasProcess) return noNode;
    return whyNone(await Promise.all(this.all.map((process) => process.start(intervalUs))));
  }

  /** @param fileOf where each profile goes, by the number of its worker. @returns the numbers, or why there is none */
  async stop(fileOf: (worker: number) => string): Promise<readonly number[] | string> {
    const running = this.all.filter(({ isProfiled }) => isProfiled);
    const numbered = running.map((process, index) => ({
      process,
      worker: process.worker ?? index,
    }));
    const failures = await Promise.all(
      numbered.map(({ process, worker }) => process.stop(fileOf(worker))),
    );
    return (
      whyNone(failures) ??
      numbered.flatMap(({ worker }, index) => (failures[index] === null ? [worker] : []))
    );
  }

  close(): void {
    for (const process of this.all) process.end();
    // Removes the socket's file.
    this.server.close();
    this.place.remove();
  }
}

export const noNode = 'none of its processes is a Node';

const whyNone = (failures: readonly (string | null)[]): string | null =>
  failures.includes(null) ? null : (failures[0] ?? noNode);

/** One process. It says why it could not do what it was told, or null. */
class Profiled {
  isProfiled = false;
  /** Of the client's; null of other processes. */
  worker: number | null = null;
  private readonly connection: Socket;
  private readonly conversation: Conversation<ToProfiled, FromProfiled>;
  private rest = '';

  constructor(connection: Socket) {
    this.connection = connection;
    this.conversation = new Conversation<ToProfiled, FromProfiled>(
      (question) => void connection.write(`${JSON.stringify(question)}\n`),
      (how) => new Error(how),
    );
    connection.setEncoding('utf8').on('data', (text: string) => this.take(text));
    connection.on('error', () => connection.destroy());
    connection.on('close', () => this.conversation.end('ended while it was profiled'));
  }

  start(intervalUs: number): Promise<string | null> {
    return whyNot(async () => {
      const asked = { kind: 'start', intervalUs } as const;
      const { worker } = await this.conversation.ask(asked, 'started', startMs);
      this.isProfiled = true;
      this.worker = worker === null || !/^\d{1,4}$/.test(worker) ? null : Number(worker);
    });
  }

  stop(file: string): Promise<string | null> {
    return whyNot(async () => {
      await this.conversation.ask({ kind: 'stop', file }, 'stopped', stopMs);
    });
  }

  end(): void {
    this.connection.destroy();
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > longestLine) this.end();
    for (const line of lines) {
      const answer = answerIn(line);
      if (answer === null) this.end();
      else this.conversation.heard(answer);
    }
  }
}

async function whyNot(done: () => Promise<void>): Promise<string | null> {
  try {
    await done();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function answerIn(line: string): FromProfiled | null {
  try {
    const answer: unknown = JSON.parse(line);
    return typeof answer === 'object' && answer !== null && 'kind' in answer
      ? (answer as FromProfiled)
      : null;
  } catch {
    return null;
  }
}
