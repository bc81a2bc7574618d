import { type ChildProcess, spawn } from 'node:child_process';
import { BenchFailure } from '../model/failure.ts';
import { Conversation } from './conversation.ts';
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
/** Within it a process that has closed its channel is gone, or lives on without. */
const endingMs = 1_000;

/**
 * A child that talks over IPC and answers each question once. It dies with the run: in a group of its
 * own, so that the terminal's Ctrl-C reaches only us; killed by `stop`, and by the watchdog if we are gone.
 */
export class Child<Question extends object, Answer extends { readonly kind: string }> {
  private readonly name: string;
  readonly pid: number;
  /** Resolves with how it ended. */
  readonly exited: Promise<string>;
  private readonly process: ChildProcess;
  private readonly conversation: Conversation<Question, Answer>;
  private stderr = '';
  private ending: string | null = null;

  /** @param takes of a child that speaks without being asked too: whether a message was no answer, and was taken. */
  constructor(command: Command, takes: (message: Answer) => boolean = () => false) {
    this.name = command.name;
    this.conversation = new Conversation(
      (question, failed) => this.say(question, failed),
      (how) => this.failure(how),
    );
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
    this.process.on('message', (message) => {
      if (!takes(message as Answer)) this.conversation.heard(message as Answer);
    });
    // `close`, not `exit`: only then is all of stderr here.
    this.exited = endingOf(this.process, 'close').then((how) => {
      this.ending ??= how;
      this.conversation.end(how);
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
    return this.conversation.ask(question, kind, deadlineMs);
  }

  /** Says what needs no answer. */
  say(message: Question, failed: (error: Error) => void = () => {}): void {
    this.process.send(message, (error) => {
      if (error === null) return;
      // Of a child that is just ending, how it ended says more than that its channel is closed.
      const alive = setTimeout(() => failed(error), endingMs);
      this.exited.then(() => clearTimeout(alive));
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

  failure(how: string): ChildFailure {
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
