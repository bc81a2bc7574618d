import { styleText } from 'node:util';
import type { LimitReport, Outcome, Verdict } from '../model/report.ts';

type Format = Parameters<typeof styleText>[0];
type Paint = (text: string) => string;

/** The colours of the terminal report. Each stands beside a word that says the same. */
export interface Ink {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly verdict: (verdict: Verdict) => Paint;
  readonly outcome: (outcome: Outcome) => Paint;
  readonly limit: (state: LimitReport['state']) => Paint;
}

const verdictFormats: Readonly<Record<Verdict, Format>> = {
  regression: ['bold', 'red'],
  slower: 'yellow',
  unchanged: 'dim',
  faster: 'green',
  improvement: ['bold', 'green'],
  inconclusive: 'cyan',
  invalid: ['bold', 'magenta'],
};

const outcomeFormats: Readonly<Record<Outcome, Format>> = {
  pass: ['bold', 'green'],
  regression: ['bold', 'red'],
  'limit-broken': ['bold', 'red'],
  insensitive: ['bold', 'cyan'],
  invalid: ['bold', 'magenta'],
};

const limitFormats: Readonly<Record<LimitReport['state'], Format>> = {
  held: 'dim',
  broken: ['bold', 'red'],
  unmeasured: ['bold', 'magenta'],
};

/** @param colour was decided by the caller, so neither the environment nor a stream is asked again. */
export function inkFor(colour: boolean): Ink {
  const paint =
    (format: Format): Paint =>
    (text) =>
      colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    strong: paint('bold'),
    faint: paint('dim'),
    verdict: (verdict) => paint(verdictFormats[verdict]),
    outcome: (outcome) => paint(outcomeFormats[outcome]),
    limit: (state) => paint(limitFormats[state]),
  };
}
