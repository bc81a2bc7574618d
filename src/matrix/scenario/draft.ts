import type { BenchFailure } from '../../model/failure.ts';
import type { Variable } from './unwritten.ts';

/** A scenario as it came out of another format, about to be written as a matrix file. */
export interface Draft {
  /** Where it is from, as a sentence. */
  readonly source: string;
  /** Of the server that answered; null where the source names none. */
  readonly origin: string | null;
  /** What of the source is not in it, as sentences. */
  readonly leftOut: readonly string[];
  readonly requests: readonly [DraftRequest, ...DraftRequest[]];
  readonly variables: readonly Variable[];
}

/** Texts are those of a matrix file: what looks like `${NAME}` is a variable. */
export interface DraftRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly status: number;
}

/** As the other format has it, with all its secrets. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, in printable ASCII. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null;
  readonly status: number;
}

/** Longer ones are more than a matrix file may hold. */
const mostRequests = 1_000;

/** `Left out: 3 static assets (--assets keeps them).` */
export const leftOutWords = (count: number, one: string, many: string, why: string): string[] =>
  count === 0 ? [] : [`Left out: ${count} ${count === 1 ? one : many}${why}.`];

/** @throws BenchFailure where there is none. @param refusal says why. */
export function someRequests(
  all: readonly DraftRequest[],
  refusal: () => BenchFailure,
): Pick<Draft, 'requests' | 'leftOut'> {
  const [first, ...others] = all.slice(0, mostRequests);
  if (first === undefined) throw refusal();
  const beyond = all.length - mostRequests;
  const leftOut =
    beyond <= 0
      ? []
      : leftOutWords(beyond, 'request', 'requests', ` behind the first ${mostRequests}`);
  return { requests: [first, ...others], leftOut };
}
