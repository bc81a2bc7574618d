import type { Report } from '../model/report.ts';

/** What a run that did not end by itself has to say of its figures. */
export const stateWords: Readonly<Record<Report['state'], string>> = {
  complete: 'The run is complete.',
  interrupted: 'The run was interrupted: only what was measured before is shown.',
  failed: 'The run failed before its end: only what was measured before is shown.',
  unfinished: 'The run has not finished: only what is measured so far is shown.',
};
