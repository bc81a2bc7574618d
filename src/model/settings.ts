import type { LocustfileSpec } from './locustfile.ts';
import type { RemoteWorkers } from './remote.ts';

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

export type TargetSettings = BuiltinTarget | StartTarget | UrlTarget;

/** Of a target that bench starts. */
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
export interface StartTarget extends AnyTarget, Resolution {
  readonly kind: 'start';
  /** As the user wrote it, for /bin/sh. */
  readonly start: string;
  /** The matrix file's, or one from there: where the command runs, or what of `version` it runs in. */
  readonly folder: string;
  readonly version: TargetVersion;
  /** Run once in each arm's files before the first start, for /bin/sh; null where nothing has to be made. */
  readonly setup: string | null;
  /** The Node that comes first on the PATH of both commands; null leaves the PATH alone. */
  readonly runtime: RuntimeSpec | null;
  /** It is ready once this path answers, whatever the status. */
  readonly ready: { readonly path: string; readonly withinMs: number };
}

/** A server that runs already, whoever started it. */
export interface UrlTarget {
  readonly kind: 'url';
  /** Scheme, host and port; the host may name variables. */
  readonly url: string;
  /** The name that its certificate must carry; null for the host of the URL. */
  readonly servername: string | null;
  /** Whether its certificate is verified. */
  readonly verify: boolean;
}

export interface ClientSettings extends Resolution {
  readonly engine: EngineSpec;
  readonly runtime: RuntimeSpec;
  /** Of each arm. */
  readonly workers: number;
  /** Where they run on other machines, and were started by others; null where we start them here. */
  readonly remote: RemoteWorkers | null;
  readonly requestTimeoutMs: number;
  readonly env: Readonly<Record<string, string>>;
  /** Null for engines other than locust. */
  readonly locustfile: LocustfileSpec | null;
}

/** Whose files a server runs from. */
export type TargetVersion =
  /** Those of its folder, where they are. */
  | { readonly kind: 'folder' }
  /** Those of a commit of the repository in which its folder lies. */
  | { readonly kind: 'git'; readonly ref: string }
  /** Those of that repository as they are, uncommitted ones too. */
  | { readonly kind: 'worktree' }
  /** A copy of its folder, with a package of npm at this version: exact, a range, or a tag. */
  | { readonly kind: 'npm'; readonly name: string; readonly version: string };

/** How a registry's releases are chosen where nothing else names them. */
export interface Resolution {
  /** `2024-04-20`: nothing that was published after this day, UTC; null for the newest. */
  readonly asOf: string | null;
  /** Exact versions of single dependencies, by their names. */
  readonly with: Readonly<Record<string, string>>;
}

export const newest: Resolution = { asOf: null, with: {} };

/** What sends the requests. */
export type EngineSpec =
  | { readonly kind: 'http' }
  /** As found on PATH. */
  | { readonly kind: 'wrk' | 'oha' }
  | NpmEngine
  | PypiEngine;

/** Exact, or a range such as `7`. */
export interface NpmEngine {
  readonly kind: 'undici' | 'autocannon';
  readonly version: string;
}

export interface PypiEngine {
  readonly kind: 'locust' | 'k6';
  /** Exact, a range such as `2.31`, or `latest`; null as found on PATH. */
  readonly version: string | null;
}

export type EngineName = EngineSpec['kind'];

/** Which Node or Python runs the engine. */
export type RuntimeSpec =
  /** The Node that runs bench, or the `python3` on PATH. */
  | { readonly kind: 'current' }
  /** A Node: exact, or a range such as `20`. */
  | { readonly kind: 'npm'; readonly version: string }
  /** One that is installed here: exact, or `3.11`. */
  | { readonly kind: 'python'; readonly version: string }
  | { readonly kind: 'path'; readonly path: string };

/** What runs an engine; null of one that is a program of its own. */
export function languageOf({ kind }: EngineSpec): 'node' | 'python' | null {
  if (kind === 'locust') return 'python';
  return kind === 'wrk' || kind === 'oha' || kind === 'k6' ? null : 'node';
}

export interface ConnectionSettings {
  readonly tls: 'none' | '1.2' | '1.3';
  readonly reuse: Reuse;
  /** `resumed`: every new connection offers the last ticket that we kept. */
  readonly session: 'none' | 'resumed';
  /** `library`: as the engine's library does it, which is counted and not promised. */
  readonly context: 'shared' | 'per-connection' | 'library';
  readonly ca: CaSource;
  readonly dns: Dns;
}

export type Reuse =
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'close' }
  | { readonly kind: 'every'; readonly requests: number };

/** Requests that a connection carries before it is closed; null for as many as it can. */
export const perConnectionOf = (reuse: Reuse): number | null =>
  reuse.kind === 'keep-alive' ? null : reuse.kind === 'close' ? 1 : reuse.requests;

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

/** Variables that a target is started with. */
export const targetEnv = (target: TargetSettings): Readonly<Record<string, string>> =>
  target.kind === 'url' ? {} : target.env;

/** Of the leaf that the run makes for a target; one that runs already has its own. */
export const leafKey = (target: TargetSettings): 'ecdsa' | 'rsa' =>
  target.kind === 'url' ? 'ecdsa' : target.key;
