import type { Measure } from '../model/plan.ts';

/** What a run tells of itself while it is under way; never while a slice runs. */
export type Progress =
  /** A line to read: what is installed, what the run is called. */
  | { readonly kind: 'note'; readonly text: string }
  /** A launch is about to start. */
  | {
      readonly kind: 'launch';
      /** From 1. */
      readonly launch: number;
      readonly cell: string;
      /** Of the run that is done, at least: cells that are decided early end it sooner. 0 … 1 */
      readonly share: number;
      /** At most; null before the first launch has ended. */
      readonly leftMs: number | null;
    }
  /** The last launch has ended. */
  | { readonly kind: 'measured'; readonly ms: number }
  /** A cell is about to be profiled, which belongs to no figure. */
  | {
      readonly kind: 'profile';
      readonly cell: string;
      /** From 0. */
      readonly index: number;
      readonly of: number;
    };

export type Tell = (progress: Progress) => void;

/** Told of each launch before it starts, and of the end by null. */
export type LaunchProgress = (
  next: { readonly launch: number; readonly cell: string } | null,
) => void;

export type ProfileProgress = (next: {
  readonly cell: string;
  readonly index: number;
  readonly of: number;
}) => void;

/** Launches as progress: how much of the run is done, and how long the rest may take. */
export function launchProgress(
  tell: Tell,
  options: {
    readonly now: () => number;
    readonly cells: number;
    /** How long the run was measured before, where it is continued. */
    readonly elapsedMs: number;
    readonly measure: Measure;
  },
): LaunchProgress {
  const { now, cells, measure } = options;
  const most = cells * Math.max(...measure.looks);
  const startedAt = now() - options.elapsedMs;
  return (next) => {
    const elapsedMs = now() - startedAt;
    if (next === null) return tell({ kind: 'measured', ms: elapsedMs });
    const { launch, cell } = next;
    const done = launch - 1;
    const leftMs = done === 0 ? null : (elapsedMs / done) * (most - done);
    const budgetLeftMs = measure.budgetMs === null ? null : measure.budgetMs - elapsedMs;
    const share = measure.budgetMs === null ? done / most : elapsedMs / measure.budgetMs;
    tell({
      ...{ kind: 'launch', launch, cell, share: Math.min(1, share) },
      leftMs: leftMs === null ? null : Math.max(0, Math.min(leftMs, budgetLeftMs ?? leftMs)),
    });
  };
}
