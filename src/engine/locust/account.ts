import type { FromWorker } from '../../worker/protocol.ts';

/** What Locust itself reports of a worker, to be set against what our agent in it counts: that is what is used. */
export class Account {
  /** Since the worker was configured. */
  private byLocust = 0;
  private byAgent = 0;

  reported(requests: number): void {
    this.byLocust += requests;
  }

  /** Why the worker's answer is not believed, or null. Its reports come before the answers that they belong to. */
  differs(answer: FromWorker): string | null {
    switch (answer.kind) {
      case 'configured':
        this.byLocust = 0;
        this.byAgent = answer.counts.requests;
        return null;
      case 'slice-done':
        this.byAgent = answer.counts.requests;
        return null;
      case 'finish-done':
        return this.byLocust === this.byAgent
          ? null
          : `it counted ${this.byAgent} requests, and Locust reports ${this.byLocust}`;
      default:
        return null;
    }
  }
}
