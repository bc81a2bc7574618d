/**
 * Everything that can be set, resolved: after the matrix stage nothing is optional and nothing is
 * text that still has to be parsed. An axis may vary any of it.
 */
export interface Settings {
  readonly scenario: Scenario;
  readonly target: TargetSettings;
  readonly client: ClientSettings;
  readonly connection: ConnectionSettings;
}

export type Scenario = Requests & { readonly load: Load };

/** What is sent, and how often each of it. */
export type Requests =
  /** Every user goes through them in this order, over and over. In open load nobody is a user: all arrivals together do. */
  | { readonly order: 'sequence'; readonly requests: readonly [RequestSpec, ...RequestSpec[]] }
  /** All users of a worker together send each as often as its weight says. */
  | {
      readonly order: 'weighted';
      readonly requests: readonly [WeightedRequest, ...WeightedRequest[]];
    };

export interface RequestSpec {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly expect: Expectation;
}

export interface WeightedRequest extends RequestSpec {
  /** Whole, 1 at least. */
  readonly weight: number;
}

/** The same scenario with each request changed. */
export function withRequests<S extends Requests>(
  scenario: S,
  change: <R extends RequestSpec>(request: R) => R,
): S {
  const [first, ...others] = scenario.requests;
  return { ...scenario, requests: [change(first), ...others.map(change)] };
}

export interface Expectation {
  readonly status: number;
  /** What the body must be; `any` does not look at it, and so costs the client nothing. */
  readonly body:
    | { readonly kind: 'any' }
    | { readonly kind: 'equals'; readonly text: string }
    | { readonly kind: 'includes'; readonly text: string }
    | { readonly kind: 'bytes'; readonly bytes: number };
}

export type Load =
  | { readonly model: 'closed' /** per worker */; readonly connections: number }
  | {
      readonly model: 'constant-throughput';
      /** All workers together. */
      readonly users: Users;
      /** Requests per second. */
      readonly perUser: number;
    }
  | { readonly model: 'open'; readonly rate: number; readonly arrivals: 'constant' | 'poisson' };

/** `capacity`: as many as make this share of what the baseline can carry in the cell, which is measured before its first launch. */
export type Users =
  | { readonly kind: 'fixed'; readonly users: number }
  | { readonly kind: 'capacity' /** 0.75 is three quarters. */; readonly share: number };

/** @throws Error where they depend on a capacity that was not measured yet. */
export function usersOf({ users }: Extract<Load, { model: 'constant-throughput' }>): number {
  if (users.kind === 'capacity') throw new Error('the capacity of the baseline was not measured');
  return users.users;
}

export type TargetSettings = BuiltinTarget | StartTarget;

interface AnyTarget {
  /** Key of the leaf certificate. RSA makes the target pay several times more for a handshake. */
  readonly key: 'ecdsa' | 'rsa';
  readonly env: Readonly<Record<string, string>>;
}

interface BuiltinTarget extends AnyTarget {
  readonly kind: 'builtin';
  readonly builtin: 'hello';
  readonly bodyBytes: number;
  readonly delayMs: number;
}

/** A server of the user's. */
export interface StartTarget extends AnyTarget {
  readonly kind: 'start';
  /** As the user wrote it, for /bin/sh. */
  readonly start: string;
  /** The matrix file's: where the command runs. */
  readonly folder: string;
  /** It is ready once this path answers, whatever the status. */
  readonly ready: { readonly path: string; readonly withinMs: number };
}

interface ClientSettings {
  readonly engine: EngineSpec;
  readonly runtime: RuntimeSpec;
  readonly workers: number;
  readonly requestTimeoutMs: number;
  readonly env: Readonly<Record<string, string>>;
}

/** What sends the requests. */
export type EngineSpec =
  | { readonly kind: 'http' }
  | { readonly kind: 'undici' /** exact, or a range such as `7` */; readonly version: string }
  /** As found on PATH. */
  | { readonly kind: 'wrk' }
  | { readonly kind: 'autocannon' /** exact, or a range such as `9` */; readonly version: string };

export type EngineName = EngineSpec['kind'];

/** Which Node runs the workers. */
export type RuntimeSpec =
  | { readonly kind: 'current' }
  | { readonly kind: 'npm' /** exact, or a range such as `20` */; readonly version: string }
  | { readonly kind: 'path'; readonly path: string };

export interface ConnectionSettings {
  readonly tls: 'none' | '1.2' | '1.3';
  readonly reuse: Reuse;
  /** `resumed`: every new connection offers the last ticket that we kept. */
  readonly session: 'none' | 'resumed';
  readonly context: 'shared' | 'per-connection';
  readonly ca: CaSource;
  readonly dns: Dns;
}

export type Reuse =
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'close' }
  | { readonly kind: 'every'; readonly requests: number };

/** What the client trusts beside the run's own CA, and so has to parse when it builds a TLS context. */
export type CaSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'bundle' }
  /** The first so many of the bundle. */
  | { readonly kind: 'part'; readonly certificates: number }
  | { readonly kind: 'file'; readonly path: string };

/** How a client comes by the address of its target. */
export type Dns =
  | { readonly kind: 'literal' }
  | {
      /** `cached`: each worker looks the name up once, and keeps the answer. */
      readonly kind: 'cached' | 'per-connection';
      /** What the resolver waits before each answer. */
      readonly delayMs: number;
    };

/** The way a user writes a runtime; also its name in reports. */
export const runtimeName = (runtime: RuntimeSpec): string =>
  runtime.kind === 'npm'
    ? `node@${runtime.version}`
    : runtime.kind === 'path'
      ? runtime.path
      : 'current';

/** The way a user writes an engine; also its name in reports. */
export const engineName = (engine: EngineSpec): string =>
  'version' in engine ? `npm:${engine.kind}@${engine.version}` : engine.kind;

/** What the client of an arm is, by its versions. */
export const clientName = ({ client }: Settings): string =>
  `${runtimeName(client.runtime)} ${engineName(client.engine)}`;

/** What serves, in the way a user writes it. */
export const targetName = (target: TargetSettings): string =>
  target.kind === 'builtin' ? `built-in ${target.builtin}` : target.start;

/** Programs of others, which do not come to rest by themselves. */
export const isPaused = ({ kind }: EngineSpec): boolean => kind === 'wrk' || kind === 'autocannon';
