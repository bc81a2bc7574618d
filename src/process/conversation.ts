import { BenchFailure } from '../model/failure.ts';

interface Waiting<Answer> {
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/** With somebody who answers each question once, in order, and may end at any time. */
export class Conversation<Question extends object, Answer extends { readonly kind: string }> {
  private readonly send: (question: Question, failed: (error: Error) => void) => void;
  private readonly failure: (how: string) => Error;
  private waiting: Waiting<Answer> | null = null;
  private readonly unread: Answer[] = [];
  private ending: string | null = null;

  /** @param failure makes an error of what the other one did */
  constructor(
    send: (question: Question, failed: (error: Error) => void) => void,
    failure: (how: string) => Error,
  ) {
    this.send = send;
    this.failure = failure;
  }

  /**
   * @param question null where the next answer follows from an earlier one.
   * @throws what `failure` makes, when the other one ends, says `failed`, or is silent until the deadline; BenchFailure of
   *   kind `configuration` when it says `refused`.
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
      if (question !== null)
        this.send(question, (error) =>
          fail(this.failure(`could not be reached: ${error.message}`)),
        );
    });
  }

  heard(answer: Answer): void {
    if (this.waiting === null) this.unread.push(answer);
    else this.waiting.answer(answer);
  }

  /** Nothing more will be heard. */
  end(how: string): void {
    this.ending ??= how;
    this.waiting?.fail(this.failure(this.ending));
  }
}
