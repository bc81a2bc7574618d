import type { MetricName } from './metrics.ts';
import type { ByRole } from './plan.ts';
import type { Interval } from './report.ts';

/** Why a run came out as it did: where it happens, which unit of work has another price, and what that costs. It explains and never gates. */
export interface Causes {
  /** In plain words, a sentence each; empty where nothing was proven to change. */
  readonly sentences: readonly string[];
  /** One of each candidate that has cells which can be compared. */
  readonly axes: readonly AxisEffects[];
  /** Of each candidate, of each side under test. */
  readonly prices: readonly PriceList[];
  readonly capacity: Capacity;
}

/**
 * The log ratios of a metric, taken apart by axes: what a variant adds to the mean, and what two variants add
 * together beyond that. Effects multiply: 1.5 × 1.2 is what two of +50 % and +20 % lead to expect.
 */
export interface AxisEffects {
  readonly candidate: string;
  readonly metric: MetricName;
  /** Cells that entered. */
  readonly cells: number;
  /** From which the effects are measured: over all variants, each of an axis with the same weight, whatever cells are missing. */
  readonly mean: Interval;
  /** Of single variants, all of them; of pairs, those that were proven. */
  readonly effects: readonly AxisEffect[];
}

export interface AxisEffect {
  /** One axis, or two that interact. */
  readonly variants: Readonly<Record<string, string>>;
  /** Relative to what the mean, and for a pair its single effects, lead to expect. The intervals have Holm's levels. */
  readonly effect: Interval;
  readonly adjustedP: number;
  readonly proven: boolean;
}

/** What is counted, and so can have a price. */
export const unitKinds = [
  'request',
  'tlsRequest',
  'kilobyte',
  'tlsKilobyte',
  'connection',
  'handshakeFull',
  'handshakeResumed',
  'context',
  'certificate',
  'lookup',
] as const;
export type UnitKind = (typeof unitKinds)[number];

/** TLS differs by version: null of what has nothing to do with TLS. */
export interface Unit {
  readonly kind: UnitKind;
  readonly tls: '1.2' | '1.3' | null;
}

/** CPU per request in each cell, explained by what was counted per request times what each of that costs. */
export type PriceList = {
  readonly candidate: string;
  readonly side: 'client' | 'target';
} & (
  | {
      readonly state: 'fitted';
      readonly prices: readonly Price[];
      /** Cells that the prices were found from, with what they say of them. */
      readonly cells: readonly PricedCell[];
      /** The largest relative error of a cell that the prices were found from; null where there are as many prices as cells, and none. */
      readonly worstFit: number | null;
      /** The largest of a cell that was left out of the fit; null where no cell can be left out. */
      readonly worstLeftOut: number | null;
      /** Units that always come together here, and what would tell them apart. */
      readonly merged: readonly MergedUnits[];
      /** Cells that could not enter, and why. */
      readonly excluded: readonly { readonly cell: string; readonly reason: string }[];
    }
  | { readonly state: 'none'; readonly reason: string }
);

export interface Price {
  /** The first is what the price is of; others come with each of it, and their cost is in it. */
  readonly units: readonly [Unit, ...Unit[]];
  /** `a full handshake of TLS 1.3`. */
  readonly label: string;
  /** µs of CPU; the interval, of 95 %, by launches. An estimate of 0 was not told from nothing: the interval says how much it may be. */
  readonly baseline: Interval;
  readonly candidate: Interval;
  /** Relative; null where one of the two was not told from nothing. */
  readonly change: Interval | null;
  /** Of the CPU that the dearer cells cost more, the share that is this unit's; null where no cell is proven dearer. */
  readonly share: number | null;
}

export interface PricedCell {
  readonly cell: string;
  /** µs of CPU per request. */
  readonly measured: ByRole<number>;
  readonly explained: ByRole<number>;
  /** By prices from the other cells; null where these do not know them all, or leave it open by more than 15 % either way. */
  readonly predicted: ByRole<number> | null;
}

export interface MergedUnits {
  readonly units: readonly Unit[];
  readonly message: string;
  readonly next: string;
}

/** What one worker carries, and how many it takes: by cells that were saturated alone, because CPU per request depends on load. */
export interface Capacity {
  /** Of a core, that a worker is planned to use. */
  readonly utilisation: number;
  /** Requests per second that are wanted; null where nobody said. */
  readonly targetRate: number | null;
  readonly cells: readonly CellCapacity[];
  /** Cells that say nothing of it, and why. */
  readonly excluded: readonly { readonly cell: string; readonly reason: string }[];
}

export interface CellCapacity {
  readonly cell: string;
  readonly side: 'client' | 'target';
  readonly arms: ByRole<ArmCapacity>;
}

export interface ArmCapacity {
  /** Requests per second of one worker at this utilisation; the interval, of 95 %, by launches. */
  readonly perWorker: Interval;
  /** For the wanted rate; null where nobody said one. */
  readonly workers: {
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
  } | null;
}
