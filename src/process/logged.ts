import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ChildFailure, type Command } from './child.ts';
import { endingOf } from './ending.ts';
import { pinned } from './pin.ts';
import { killGroup, killTree, type ProcessTree } from './tree.ts';

interface LoggedCommand extends Command {
  readonly folder: string;
  /** Standard output and error are appended to it. */
  readonly log: string;
  /** `NAME=value` in its environment that no other process has. */
  readonly mark: string;
}

const tailLength = 2_000;

/** A command of the user's, which knows nothing of us. It dies with the run, with all that it started. */
export class LoggedProcess {
  readonly tree: ProcessTree;
  /** Resolves with how it ended. */
  readonly exited: Promise<string>;
  private ending: string | null = null;
  private readonly name: string;
  private readonly log: string;
  private readonly logStart: number;

  constructor(command: LoggedCommand) {
    this.name = command.name;
    this.log = command.log;
    const output = openSync(command.log, 'a');
    try {
      this.logStart = fstatSync(output).size;
      const [file, args] = pinned(command);
      const child = spawn(file, args, {
        cwd: command.folder,
        env: { ...command.env },
        stdio: ['ignore', output, output],
        detached: true,
      });
      this.tree = { root: child.pid ?? null, mark: command.mark };
      this.exited = endingOf(child, 'exit').then((how) => {
        // What it left in its group: the number may be somebody else's by the time it is stopped.
        if (child.pid !== undefined) killGroup(child.pid);
        this.ending ??= how;
        return how;
      });
    } finally {
      closeSync(output);
    }
  }

  get pid(): number {
    return this.tree.root ?? -1;
  }

  /** @throws ChildFailure once it has ended. */
  demandAlive(): void {
    if (this.ending !== null) throw this.failure(this.ending);
  }

  failure(how: string): ChildFailure {
    return new ChildFailure(`${this.name} (pid ${this.pid}) ${how}`, this.tail());
  }

  /** Ends it and all that it started, even what left its group. Safe to call twice. */
  async stop(): Promise<void> {
    await killTree(this.ending === null ? this.tree : { ...this.tree, root: null });
    await this.exited;
  }

  /** The end of what this start has written. */
  private tail(): string {
    const log = openSync(this.log, 'r');
    const { size } = fstatSync(log);
    const start = Math.max(this.logStart, size - tailLength);
    const tail = Buffer.alloc(size - start);
    readSync(log, tail, 0, tail.length, start);
    closeSync(log);
    return tail.toString('utf8');
  }
}
