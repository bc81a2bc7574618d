import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { Child, ChildFailure } from '../../process/child.ts';
import { Conversation } from '../../process/conversation.ts';
import type { FromWorker, ToWorker } from '../../worker/protocol.ts';
import type { CrewStart } from '../crew.ts';
import { Account } from './account.ts';
import type { AboutWorker, FromMaster, Listening, ToMaster } from './remote-protocol.ts';

const entry = fileURLToPath(new URL('./python/remote_master.py', import.meta.url));
const startDeadlineMs = 20_000;
/** It tells its workers to end, and gives that half a second. */
const endDeadlineMs = 3_000;

export interface RemoteWorker {
  /** By which the master knows it. */
  readonly id: string;
  readonly about: AboutWorker;
}

/** What is said between us and a worker in one launch. */
export type Talk<Task> = Conversation<ToWorker<Task>, FromWorker>;

/** Locust's own master, a process of ours, and who has come to it. */
export class RemoteMaster<Task> {
  private readonly process: Child<ToMaster<ToWorker<Task>>, FromMaster>;
  private readonly workers = new Map<string, RemoteWorker>();
  private readonly talks = new Map<string, Talk<Task>>();
  private readonly accounts = new Map<string, Account>();
  private turn = 0;
  private ended: string | null = null;

  constructor({ name, remote, runtime, env, caFile }: CrewStart) {
    this.process = new Child(
      {
        name: `Locust's master of ${name}`,
        ...{ file: runtime, args: [entry, remote.listen, caFile], env, core: null },
      },
      (message) => this.takes(message),
    );
    this.process.exited.then((how) => {
      this.ended = how;
      for (const { id } of this.workers.values()) this.gone(id, `its master ${how}`);
    });
  }

  /** @throws ChildFailure where it does not listen in time. */
  listening(): Promise<Listening> {
    return this.process.ask(null, 'listening', startDeadlineMs);
  }

  /** Who is here, in the order in which they came. @throws ChildFailure where the master has ended. */
  here(): readonly RemoteWorker[] {
    if (this.ended !== null) throw this.process.failure(this.ended);
    return [...this.workers.values()];
  }

  /** Talks with these workers; whatever any of them still says of an earlier turn is not heard. */
  nextTurn(workers: readonly RemoteWorker[]): readonly Talk<Task>[] {
    this.turn += 1;
    const { turn, talks } = this;
    for (const talk of talks.values()) talk.end('is given another task');
    talks.clear();
    return workers.map(({ id: worker, about }) => {
      const talk: Talk<Task> = new Conversation(
        (question, failed) => this.process.say({ kind: 'pass', worker, turn, question }, failed),
        (how) => new ChildFailure(`the worker at ${about.address} ${how}`, ''),
      );
      talks.set(worker, talk);
      return talk;
    });
  }

  /** All workers end; who comes from here on is another. */
  dismiss(): void {
    for (const { id } of this.workers.values()) this.gone(id, 'it was told to end');
    this.process.say({ kind: 'dismiss' });
  }

  /** The workers end too. */
  async stop(): Promise<void> {
    this.process.say({ kind: 'quit' });
    const late = new AbortController();
    await Promise.race([
      this.process.exited,
      wait(endDeadlineMs, null, { signal: late.signal }).catch(() => {}),
    ]);
    late.abort();
    await this.process.stop();
  }

  private takes(message: FromMaster): boolean {
    switch (message.kind) {
      case 'came':
        this.workers.set(message.worker, { id: message.worker, about: message.about });
        this.accounts.set(message.worker, new Account());
        return true;
      case 'gone':
        this.gone(message.worker, message.why);
        return true;
      case 'said':
        if (message.turn === this.turn) this.said(message.worker, message.answer);
        return true;
      case 'reported':
        this.accounts.get(message.worker)?.reported(message.requests);
        return true;
      default:
        return false;
    }
  }

  private said(worker: string, answer: FromWorker): void {
    const differs = this.accounts.get(worker)?.differs(answer) ?? null;
    const heard = differs === null ? answer : ({ kind: 'failed', message: differs } as const);
    this.talks.get(worker)?.heard(heard);
  }

  private gone(worker: string, why: string): void {
    this.workers.delete(worker);
    this.talks.get(worker)?.end(`was lost: ${why}`);
  }
}
