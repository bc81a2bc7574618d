import { type ChildProcess, spawn } from 'node:child_process';
import { ChildFailure, type Command } from './child.ts';
import { endingOf } from './ending.ts';
import { pinned } from './pin.ts';

const tailLength = 4_000;
const againMs = 50;
/** What a program may print before it is taken for broken. */
const mostOutput = 1_000_000;

/** A program that is not ours: it does not talk to us, but can be made to rest, and says what it did when it ends. */
export class Program {
  readonly pid: number;
  private readonly name: string;
  private readonly process: ChildProcess;
  private readonly ended: Promise<void>;
  private stdout = '';
  private stderr = '';
  private ending: string | null = null;

  constructor(command: Command) {
    this.name = command.name;
    const [file, args] = pinned(command);
    this.process = spawn(file, args, {
      env: { ...command.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.pid = this.process.pid ?? -1;
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (this.stdout.length < mostOutput) this.stdout += text;
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-tailLength);
    });
    this.ended = endingOf(this.process, 'close').then((how) => {
      this.ending ??= how;
    });
  }

  /** Every process of the program stops where it is. @throws ChildFailure where it has ended. */
  rest(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  /** Asks it to end, resting or not, and gives what it printed. @throws ChildFailure where it does not. */
  async interrupt(deadlineMs: number, how: 'until it ends' | 'once'): Promise<string> {
    this.signal('SIGCONT');
    this.signal('SIGINT');
    // Any thread may take a signal, and where it is not the one that waits for it, that one sleeps on: wrk's does.
    const again = setInterval(() => {
      if (how === 'until it ends') this.kill('SIGINT');
    }, againMs);
    let inTime = true;
    const timer = setTimeout(() => {
      inTime = false;
      this.ending ??= `did not end within ${deadlineMs} ms of SIGINT`;
      this.kill('SIGKILL');
    }, deadlineMs);
    await this.ended;
    clearTimeout(timer);
    clearInterval(again);
    if (!inTime) throw this.failure(this.ending ?? 'did not end');
    if (this.stdout.trim() === '') throw this.failure(`${this.ending}, and printed nothing`);
    return this.stdout;
  }

  /** Ends it at once, with whatever it started in its group, even at rest. Safe to call twice. */
  async stop(): Promise<void> {
    if (this.ending === null && this.pid > 0) this.kill('SIGKILL');
    await this.ended;
  }

  failure(how: string): ChildFailure {
    return new ChildFailure(`${this.name} (pid ${this.pid}) ${how}`, this.stderr || this.stdout);
  }

  /** @throws ChildFailure where it has ended. */
  mustRun(): void {
    if (this.ending !== null) throw this.failure(this.ending);
    if (this.pid <= 0) throw this.failure('could not start');
  }

  private signal(signal: NodeJS.Signals): void {
    this.mustRun();
    try {
      process.kill(-this.pid, signal);
    } catch {
      throw this.failure('is gone');
    }
  }

  private kill(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // Gone already: the close event is on its way.
    }
  }
}
