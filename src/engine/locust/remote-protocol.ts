import type { FromWorker } from '../../worker/protocol.ts';

/** What we and the master of remote workers say to each other, over IPC. The other end: python/remote_master.py. */
export type ToMaster<Question> =
  | {
      readonly kind: 'pass';
      readonly worker: string;
      /** Its answers carry the same: one to an earlier launch is not taken for one of this. */
      readonly turn: number;
      readonly question: Question;
    }
  /** All workers end. */
  | { readonly kind: 'dismiss' }
  /** The master too. */
  | { readonly kind: 'quit' };

export type FromMaster =
  | Listening
  | { readonly kind: 'came'; readonly worker: string; readonly about: AboutWorker }
  | { readonly kind: 'gone'; readonly worker: string; readonly why: string }
  | {
      readonly kind: 'said';
      readonly worker: string;
      readonly turn: number;
      readonly answer: FromWorker;
    }
  /** Locust's own report, without requests that failed. */
  | { readonly kind: 'reported'; readonly worker: string; readonly requests: number };

export interface Listening {
  readonly kind: 'listening';
  /** Its release. */
  readonly locust: string;
  readonly port: number;
  /** Where workers fetch, by HTTP, what they need beside Locust. */
  readonly filePort: number;
}

export interface AboutWorker {
  /** From which it reaches the master. */
  readonly address: string;
  readonly locust: string;
  readonly python: string;
  readonly openssl: string;
  /** Versions by the names of distributions, in small letters. */
  readonly distributions: Readonly<Record<string, string>>;
}
