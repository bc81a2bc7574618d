/** What the parent and a process that is profiled say to each other, one JSON line each over a Unix socket. */
export type ToProfiled =
  | { readonly kind: 'start'; readonly intervalUs: number }
  | { readonly kind: 'stop'; readonly file: string };

export type FromProfiled =
  /** @property worker what `BENCH_WORKER` says; null of any other process. */
  | { readonly kind: 'started'; readonly worker: string | null }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };
