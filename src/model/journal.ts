import type { ContractRow } from './contract.ts';
import type { ClaimedCpu, Counts, Observed, Replayed, Resolved, WholeCounts } from './counts.ts';
import type { EndRow, ResumeRow } from './ending.ts';
import type { Machine, SubjectFingerprint } from './fingerprint.ts';
import type { Descriptors, NetworkLimits, NetworkSeries, NetworkSpan } from './network.ts';
import type { StoredOrigin } from './origin.ts';
import type { ByRole, Plan, Role } from './plan.ts';
import type { Micros } from './units.ts';
import type { Warning } from './warning.ts';

/** One line of `journal.ndjson`. Everything that a report says is derived from these rows and nothing else. */
export type JournalRow =
  | HeaderRow
  | CapacityRow
  | ContractRow
  | LaunchRow
  | SliceRow
  | NetworkRow
  | FinishRow
  | VoidRow
  | GiveUpRow
  | LookRow
  | EndRow
  | ResumeRow;

export const journalSchemaVersion = 8;

export interface HeaderRow {
  readonly kind: 'header';
  readonly schemaVersion: typeof journalSchemaVersion;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly plan: Plan;
  /** Null where nobody kept it: then the run cannot be continued. */
  readonly origin: StoredOrigin | null;
  readonly machine: Machine;
  /** Per cell: an axis beside the compared one may change the runtime too. */
  readonly fingerprints: Readonly<Record<string, ByRole<SubjectFingerprint>>>;
  /** Certificates that a TLS context of the client loads, per cell; null where it has no TLS, or chooses itself what it trusts. */
  readonly trusted: Readonly<Record<string, ByRole<number | null>>>;
  readonly warnings: readonly Warning[];
}

/** What the baseline of a cell carried under closed load, before the first launch; the users of all its launches follow from it. */
export interface CapacityRow {
  readonly kind: 'capacity';
  readonly cell: string;
  readonly requestsPerSecond: number;
  readonly users: number;
}

/** Fresh processes for both arms of a cell, warm and about to be measured. */
export interface LaunchRow {
  readonly kind: 'launch';
  readonly launch: number;
  readonly cell: string;
  readonly round: number;
  readonly attempt: number;
  /** When its processes began to start, in ms since the first launch of the run. */
  readonly startedMs: number;
  readonly startOrder: readonly Role[];
  /** Both arms run the same versions from folders of their own, and this launch had the folders the other way round. */
  readonly swapped: boolean;
  readonly processes: readonly ProcessRow[];
  /** The same for both arms. */
  readonly work: SliceWork;
  readonly blocks: number;
  readonly warmup: { readonly slices: number; readonly ms: number; readonly steady: boolean };
  /** What was opened before the first measured slice, by both ends. */
  readonly opened: ByRole<{
    /** Null where the engine does not count by slice. */
    readonly client: Counts | null;
    /** Null where the target does not count. */
    readonly target: Counts | null;
    /** Null where addresses are literal. */
    readonly resolver: Resolved | null;
  }>;
}

/**
 * How much a slice holds. Engines that pause themselves are given requests. Others are stopped by signals, after times
 * that alternate from block to block: two lengths that must agree. Where that cannot be, each slice is the
 * whole run of a fresh program.
 */
export type SliceWork =
  | { readonly kind: 'requests'; readonly requests: number }
  | { readonly kind: 'time'; readonly ms: readonly [number, number] }
  | { readonly kind: 'whole'; readonly ms: number }
  /** Of paced load, and of workers on other machines: offered for the ramp and then the window, which alone is measured. */
  | {
      readonly kind: 'windows';
      readonly rampMs: number;
      readonly ms: number;
      /** Requests per second, all workers together; null of closed load. */
      readonly intendedRate: number | null;
      /** Connections that may be open at once; null of closed load, which says it itself, and where there are as many as it takes. */
      readonly slots: number | null;
    };

export interface ProcessRow {
  readonly role: Role;
  readonly part: 'client' | 'target' | 'resolver';
  readonly worker: number;
  /** Null where each slice has a process of its own. */
  readonly pid: number | null;
  readonly core: number | null;
  readonly port: number | null;
}

export interface SliceRow {
  readonly kind: 'slice';
  readonly launch: number;
  readonly cell: string;
  readonly role: Role;
  readonly block: number;
  /** 0 … 3 within ABBA or BAAB. */
  readonly position: number;
  readonly worker: number;
  /** Of paced load those that were answered while the window was open; `counts` are of all that was sent. */
  readonly requests: number;
  readonly errors: number;
  readonly wallUs: Micros;
  readonly clientCpuUs: Micros;
  /** The target's for the whole slice, on the row of worker 0; null on the others, and where it cannot be read per slice. */
  readonly targetCpuUs: Micros | null;
  /** Null where the engine does not count by slice: then `requests` is what the target counted, or a whole run's total. */
  readonly counts: Counts | null;
  readonly targetCounts: Counts | null;
  /** The resolver's for the whole slice, on the row of worker 0; null on the others, and where addresses are literal. */
  readonly resolver: Resolved | null;
  readonly machine: MachineSignals | null;
}

/** What others did to us, from the end of the slice before: once per slice, on the row of worker 0. */
export interface MachineSignals {
  /** The time that these signals cover: the slice, and what was said before and after it. */
  readonly spanUs: Micros;
  /** Time that the host gave to other machines, of the cores of client and target, in steps of 10 ms. */
  readonly stealUs: Micros;
  /** Time in which the container's quota stopped it. */
  readonly throttledUs: Micros | null;
  /** Time in which any thread of the machine waited for a core (PSI). */
  readonly pressureUs: Micros | null;
  /** How long the main threads of the arm's workers were ready and somebody else had their core. */
  readonly clientDelayUs: Micros | null;
  /** The same of its target. */
  readonly targetDelayUs: Micros | null;
  /** How long these threads ran: the rest of a process's CPU is its helper threads', for which the main one waits too. */
  readonly clientRanUs: Micros | null;
  readonly targetRanUs: Micros | null;
  readonly runnable: number;
}

/** What the kernel counted in the slices of an arm. There is no such row where it does not tell, and in journals before schema 6. */
export interface NetworkRow {
  readonly kind: 'network';
  readonly launch: number;
  readonly cell: string;
  readonly role: Role;
  /** Of the arm's own slices. One lasts longer where a slice does. */
  readonly seconds: NetworkSeries;
  readonly limits: NetworkLimits;
  /** Of a worker and of the target's first process; null where they could not be read. */
  readonly descriptors: Readonly<Record<'client' | 'target', Descriptors | null>>;
}

/** A launch without this row does not count. */
export interface FinishRow {
  readonly kind: 'finish';
  readonly launch: number;
  readonly cell: string;
  /** In ms since the first launch of the run began. */
  readonly endedMs: number;
  readonly arms: ByRole<ArmFinish>;
}

interface ArmFinish {
  readonly workers: readonly {
    readonly worker: number;
    /** Null where both arms share the process, and where it could not be read. */
    readonly rssBytes: number | null;
    /** HDR histogram of latencies in µs over all measured slices, V2 compressed, base64. Null where the engine was paused: its latencies hold rests. */
    readonly latency: string | null;
    /** From engines that do not count by slice. */
    readonly whole: WholeCounts | null;
    readonly observed: Observed;
    /** By request of the scenario, the warm-up included; null where the engine does not tell. */
    readonly replayed: readonly Replayed[] | null;
    /** The first failed request's reason, for the report. */
    readonly firstError: string | null;
    /** By the engine's own meter; empty where it has none, or took no sample. */
    readonly claimedCpu: readonly ClaimedCpu[];
  }[];
  readonly target: {
    readonly cpu: TargetCpu;
    /** Null where the target does not say. */
    readonly rssBytes: number | null;
    readonly observed: Observed | null;
    /** Since the process began, after the client ended or came to rest; null where the target does not count. */
    readonly whole: Counts | null;
  };
}

/**
 * The target's CPU from the first measured slice to the last, the other arm's slices included, read in two
 * ways: each is null where it cannot be.
 */
export interface TargetCpu {
  /** By its processes themselves, exact, as in the slices. */
  readonly reportedUs: Micros | null;
  /** By the kernel over the tree of processes, in ticks of 10 ms each. */
  readonly treeUs: Micros | null;
}

/** A launch that failed; its slices do not count. It is repeated, twice at most. */
export interface VoidRow {
  readonly kind: 'void';
  /** 0 of a contract launch. */
  readonly launch: number;
  readonly cell: string;
  readonly attempt: number;
  readonly reason: string;
  readonly stderrTail: string;
  /** From its beginning to its failure; null where the kernel does not tell. */
  readonly network: { readonly counted: NetworkSpan; readonly limits: NetworkLimits } | null;
}

/** A cell whose launches kept failing: `invalid`, with the last reason. */
interface GiveUpRow {
  readonly kind: 'give-up';
  readonly cell: string;
  readonly reason: string;
  readonly stderrTail: string;
}

/** The cells that were still measured were judged. */
export interface LookRow {
  readonly kind: 'look';
  /** Of each cell that was judged, decided or not. */
  readonly launches: number;
  /** Cells that need no more launches, and why. */
  readonly decided: readonly { readonly cell: string; readonly why: 'decided' | 'futile' }[];
  /** Measured time that each launch of the other cells gets from here on. */
  readonly next: readonly { readonly cell: string; readonly sliceTimeMs: number }[];
}
