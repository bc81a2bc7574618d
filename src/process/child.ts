import { type ChildProcess, spawn } from 'node:child_process';
import { BenchFailure } from '../model/failure.ts';
import { endingOf } from './ending.ts';
import { pinned } from './pin.ts';

/** How to start a process of the run. */
export interface Command {
  /** What it is, for messages: `client v1 worker 0`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Pinned before exec, so that no thread of it ever ran elsewhere; null leaves it to the kernel. */
  readonly core: number | null;
}

const tailLength = 2_000;

/**
 * A child that talks over IPC and answers each question once. It dies with the run: in a group of its
 * own, so that the terminal's Ctrl-C reaches only us; killed by `stop`, and by the watchdog if we are gone.
 */
export class Child<Question extends object, Answer extends { readonly kind: string }> {
  private readonly name: string;
  readonly pid: number;
  private readonly exited: Promise<string>;
  private readonly process: ChildProcess;
  private stderr = '';
  private waiting: { answer: (a: Answer) => void; fail: (e: Error) => void } | null = null;
  private readonly unread: Answer[] = [];
  private ending: string | null = null;

  constructor(command: Command) {
    this.name = command.name;
    const [file, args] = pinned(command);
    this.process = spawn(file, args, {
      env: { ...command.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
      detached: true,
    });
    this.pid = this.process.pid ?? -1;
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-tailLength);
    });
    this.process.on('message', (message) => this.receive(message as Answer));
    // `close`, not `exit`: only then is all of stderr here.
    this.exited = endingOf(this.process, 'close').then((how) => {
      this.ending ??= how;
      this.waiting?.fail(this.failure(how));
      return how;
    });
  }

  /**
   * @throws BenchFailure when the child dies, says `failed`, or is silent until the deadline; of kind `configuration` when
   *   it says `refused`.
   */
  ask<K extends Answer['kind']>(
    question: Question | null,
    kind: K,
    deadlineMs: number,
  ): Promise<Extract<Answer, { kind: K }>> {
    return new Promise((resolve, reject) => {
      if (this.ending !== null) return reject(this.failure(this.ending));
      const timer = setTimeout(
        () => fail(this.failure(`did not answer within ${deadlineMs} ms (${kind})`)),
        deadlineMs,
      );
      const fail = (error: Error): void => {
        clearTimeout(timer);
        this.waiting = null;
        reject(error);
      };
      const answer = (message: Answer): void => {
        if (message.kind !== kind) {
          const said = 'message' in message ? String(message.message) : `said "${message.kind}"`;
          fail(
            message.kind === 'refused'
              ? new BenchFailure('configuration', said)
              : this.failure(`failed: ${said}`),
          );
          return;
        }
        clearTimeout(timer);
        this.waiting = null;
        resolve(message as Extract<Answer, { kind: K }>);
      };
      this.waiting = { answer, fail };
      const early = this.unread.shift();
      if (early !== undefined) return answer(early);
      if (question !== null) {
        this.process.send(question, (error) => {
          if (error !== null) fail(this.failure(`could not be reached: ${error.message}`));
        });
      }
    });
  }

  /** Ends the child at once, with whatever it started in its group. Safe to call twice. */
  async stop(): Promise<void> {
    if (this.ending === null && this.pid > 0) {
      try {
        process.kill(-this.pid, 'SIGKILL');
      } catch {
        // Gone already: the close event is on its way.
      }
    }
    await this.exited;
  }

  private receive(message: Answer): void {
    if (this.waiting === null) this.unread.push(message);
    else this.waiting.answer(message);
  }

  private failure(how: string): ChildFailure {
    return new ChildFailure(`${this.name} (pid ${this.pid}) ${how}`, this.stderr);
  }
}

/** A process of a launch failed: the launch is void, and is repeated. */
export class ChildFailure extends BenchFailure {
  readonly stderrTail: string;
  constructor(message: string, stderrTail: string) {
    super('unmeasurable', message);
    this.stderrTail = stderrTail;
  }
}
