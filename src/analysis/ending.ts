import type { EndRow } from '../model/ending.ts';
import type { HeaderRow, JournalRow } from '../model/journal.ts';
import type { Warning } from '../model/warning.ts';

/** How the run ended; null while it is measured, and where it was killed. A run that was continued has another end. */
export function endOf(rows: readonly JournalRow[]): EndRow | null {
  const last = rows.findLast((row) => row.kind === 'end' || row.kind === 'resume');
  return last?.kind === 'end' ? last : null;
}

/** What the end of the run, and the ends before it, say of its figures. */
export function endWarnings(header: HeaderRow, rows: readonly JournalRow[]): Warning[] {
  const end = endOf(rows);
  const resumes = rows.filter(({ kind }) => kind === 'resume').length;
  const warnings: Warning[] = [];
  if (resumes > 0) {
    warnings.push({
      code: 'resumed',
      message: `the run was resumed ${resumes === 1 ? 'once' : `${resumes} times`}: its launches were not measured in one go, and the machine may have been in another state`,
      next: 'Where a verdict is close, run it again in one go.',
    });
  }
  if (end?.state !== 'complete') {
    warnings.push({
      code: 'incomplete',
      message: `the run did not finish (${end?.reason ?? 'the process was ended from outside'}); the figures are of the launches that did`,
      next:
        header.origin === null
          ? 'Run it again for the planned number of launches.'
          : `Continue it with \`bench compare --resume ${header.id}\`.`,
    });
  }
  return warnings;
}
