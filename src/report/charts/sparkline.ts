import { element, type Markup, text } from '../markup.ts';

/** A line per arm on one scale from 0, with the value of the highest point beside it. */
interface Sparkline {
  /** For who cannot see it. */
  readonly label: string;
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  readonly format: (value: number) => string;
}

const width = 180;
const height = 24;
const plot = { right: 110, top: 4, bottom: 21 };
/** Of a line: more could not be told apart. */
const mostPoints = 110;

export function sparkline({ label, baseline, candidate, format }: Sparkline): Markup {
  const most = Math.max(0, ...baseline, ...candidate);
  const longest = Math.max(baseline.length, candidate.length);
  return element(
    'svg',
    {
      class: 'sparkline',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `${label}: ${range(baseline, format)} in the baseline, ${range(candidate, format)} in the candidate`,
    },
    element('line', { class: 'zero', x1: 0, x2: plot.right, y1: plot.bottom, y2: plot.bottom }),
    line('baseline', baseline, longest, most),
    line('candidate', candidate, longest, most),
    element('text', { class: 'tick', x: plot.right + 6, y: 14 }, text(format(most))),
  );
}

function line(
  role: 'baseline' | 'candidate',
  values: readonly number[],
  longest: number,
  most: number,
): Markup {
  const [step, bin] = [plot.right / longest, Math.ceil(longest / mostPoints)];
  const y = (value: number): string =>
    (plot.bottom - (most > 0 ? value / most : 0) * (plot.bottom - plot.top)).toFixed(1);
  // A level stretch for each second: a launch may have one only.
  const stretches = Array.from({ length: Math.ceil(values.length / bin) }, (_, i) => {
    const end = Math.min(values.length, (i + 1) * bin);
    const highest = Math.max(...values.slice(i * bin, end));
    return `${i === 0 ? `M0 ${y(highest)}` : `V${y(highest)}`}H${(end * step).toFixed(1)}`;
  });
  return element('path', { class: `line-${role}`, d: stretches.join('') });
}

const range = (values: readonly number[], format: (value: number) => string): string =>
  values.length === 0
    ? 'unknown'
    : `${format(Math.min(...values))} to ${format(Math.max(...values))}`;
