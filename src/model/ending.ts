/** More rows may follow where the run was continued. */
export interface EndRow {
  readonly kind: 'end';
  readonly state: 'complete' | 'interrupted' | 'failed';
  readonly reason: string;
  readonly endedAt: string;
}

/** The run goes on from here, after an end or after it was killed. Launches that were not finished do not count. */
export interface ResumeRow {
  readonly kind: 'resume';
  readonly at: string;
  /** Where the run's clock goes on: what passed in between is in no time of any row. */
  readonly elapsedMs: number;
}
