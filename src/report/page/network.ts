import { networkCounters, type NetworkSpan } from '../../model/network.ts';
import type { CellReport, NetworkReport } from '../../model/report.ts';
import type { Markup } from '../markup.ts';
import { noNumber } from '../number.ts';
import { sparkline } from '../charts/sparkline.ts';

type Figure = Exclude<keyof NetworkSpan, 'ms'>;

/** What a reader looks for; report.json has the rest. Those that are always shown stand first. */
const shown: readonly { readonly figure: Figure; readonly label: string }[] = [
  { figure: 'opened', label: 'connections opened' },
  { figure: 'timeWait', label: 'sockets in TIME_WAIT, most' },
  { figure: 'failedOpens', label: 'connections that failed' },
  { figure: 'resetConnections', label: 'connections reset' },
  { figure: 'resetsSent', label: 'resets sent' },
  { figure: 'retransmitted', label: 'segments retransmitted' },
  { figure: 'timeouts', label: 'time-outs of TCP' },
  { figure: 'listenOverflows', label: 'listen queue full' },
  { figure: 'listenDrops', label: 'turned away by listening sockets' },
  { figure: 'tracked', label: 'connections tracked, most' },
];
const always: readonly Figure[] = ['opened', 'timeWait'];

/** TCP during the slices of a cell: what there was of it, and what there was not. Null where nothing was counted. */
export function networkView({ network: { baseline, candidate } }: CellReport) {
  if (baseline === null || candidate === null) return null;
  const isNone = ({ figure }: { readonly figure: Figure }): boolean =>
    !always.includes(figure) && !baseline.totals[figure] && !candidate.totals[figure];
  const none = shown
    .filter(isNone)
    .filter(({ figure }) => baseline.totals[figure] !== null)
    .map(({ label }) => label.replace(', most', ''));
  return {
    summary: `${whole(baseline.totals.opened)} connections opened in the baseline, ${whole(candidate.totals.opened)} in the candidate`,
    rows: shown
      .filter((of) => !isNone(of))
      .map(({ figure, label }) => ({
        label,
        baseline: whole(baseline.totals[figure]),
        candidate: whole(candidate.totals[figure]),
        line: lineOf(figure, label, baseline, candidate),
      })),
    none: none.length === 0 ? null : none.join(', '),
  };
}

function lineOf(
  figure: Figure,
  label: string,
  baseline: NetworkReport,
  candidate: NetworkReport,
): Markup {
  const isCounted = networkCounters.some((name) => name === figure);
  const values = ({ seconds }: NetworkReport): number[] =>
    seconds[figure].flatMap((value, i) =>
      value === null ? [] : [isCounted ? (1000 * value) / (seconds.ms[i] ?? 1000) : value],
    );
  return sparkline({
    label: `${label}, each second`,
    baseline: values(baseline),
    candidate: values(candidate),
    format: (value) => (isCounted ? `${rate(value)}/s` : whole(value)),
  });
}

/** A few in a second are shown with a decimal: not every second is one of 1000 ms. */
const rate = (value: number): string =>
  value < 10 ? value.toFixed(1).replace('.0', '') : whole(value);

const whole = (value: number | null): string =>
  value === null ? noNumber : Math.round(value).toLocaleString('en');
