import type { ForeignProgram, ForeignTotals } from '../../model/imported.ts';
import { readAutocannon } from './autocannon.ts';
import { unreadable } from './fields.ts';
import { readK6 } from './k6.ts';
import { readLocust } from './locust.ts';
import { readWrk } from './wrk.ts';

const readers: Readonly<Record<ForeignProgram, (text: string, file: string) => ForeignTotals>> = {
  k6: readK6,
  locust: readLocust,
  autocannon: readAutocannon,
  wrk: readWrk,
};

/**
 * What a program's file says of its run. Pure.
 * @param file for messages. @throws BenchFailure `configuration`, one line, for whatever else the text is.
 */
export function readForeign(program: ForeignProgram, text: string, file: string): ForeignTotals {
  const totals = readers[program](text, file);
  const { requests, failures, seconds } = totals;
  if (!(requests > 0))
    throw unreadable(
      file,
      `${program} had no answer that it expected (${failures} requests failed)`,
      'Make the run succeed, and import it then.',
    );
  if (!(seconds > 0 && Number.isFinite(seconds) && failures >= 0))
    throw unreadable(
      file,
      `its counts and times do not fit together (${requests} requests in ${seconds} s)`,
      `Give a file as ${program} wrote it.`,
    );
  return totals;
}
