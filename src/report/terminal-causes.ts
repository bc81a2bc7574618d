import type { PriceList } from '../model/causes.ts';
import type { Report } from '../model/report.ts';
import { capacityWords, fitWords, priceWords } from './cause-words.ts';
import { type Cell, type Column, layOut, wrap } from './columns.ts';
import type { Ink } from './ink.ts';
import { formatShare } from './number.ts';
import { visible } from './visible.ts';

/** Where, what and how much, a sentence each. */
export const causeLines = ({ causes }: Report, columns: number): string[] =>
  causes.sentences.flatMap((sentence) =>
    wrap(visible(sentence), columns, { first: '  ', rest: '    ' }),
  );

const priceColumns: readonly Column[] = [
  { header: 'CPU of', align: 'left' },
  { header: 'baseline', align: 'right' },
  { header: 'candidate', align: 'right' },
  { header: 'change', align: 'right' },
  { header: '', align: 'right' },
];

/** Prices of the candidates that have any, with how far they can be trusted. Shown where something was proven to change. */
export function priceLines({ causes, candidates }: Report, ink: Ink, columns: number): string[] {
  if (causes.sentences.length === 0) return [];
  return causes.prices.flatMap((list) => {
    if (list.state === 'none') return [];
    const rows = list.prices.map((price): Cell[] => {
      const words = priceWords(price);
      return [
        { text: `  ${words.label}` },
        { text: words.baseline },
        { text: words.candidate },
        { text: words.change },
        { text: words.interval && `(${words.interval})`, style: ink.faint },
      ];
    });
    const whose = candidates.length === 1 ? [] : [`  ${visible(list.candidate)}, ${list.side}`];
    return [...whose, ...layOut(priceColumns, rows, ink.faint), ...trust(list, columns, ink)];
  });
}

function trust(list: Extract<PriceList, { state: 'fitted' }>, columns: number, ink: Ink): string[] {
  return [
    ...wrap(fitWords(list), columns, { first: '  ', rest: '  ' }).map(ink.faint),
    ...list.merged.flatMap(({ message, next }) => [
      ...wrap(visible(message), columns, { first: '  ', rest: '    ' }),
      ...wrap(`Next: ${next}`, columns, { first: '    ', rest: '    ' }),
    ]),
  ];
}

/** What workers carry, where somebody asked how many it takes. */
export function capacityLines({ causes }: Report, ink: Ink): string[] {
  const { targetRate, utilisation, cells } = causes.capacity;
  if (targetRate === null || cells.length === 0) return [];
  const headers = ['cell', 'baseline', 'candidate', `for ${targetRate} rps`, ''];
  const rows = cells.map((capacity): Cell[] => {
    const words = capacityWords(capacity);
    return [
      { text: `  ${visible(capacity.cell)}` },
      { text: words.carried.baseline },
      { text: words.carried.candidate },
      { text: words.workers ?? '' },
      { text: words.workersRange && `(${words.workersRange})`, style: ink.faint },
    ];
  });
  const title = headers.map((header, i): Column => ({ header, align: i === 0 ? 'left' : 'right' }));
  return [
    ...layOut(title, rows, ink.faint),
    ink.faint(
      `  Of one ${cells[0]?.side === 'target' ? 'core' : 'worker'} at ${formatShare(utilisation)} of its core.`,
    ),
  ];
}
