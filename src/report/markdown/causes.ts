import type { Report } from '../../model/report.ts';
import { capacityWords, fitWords, priceWords } from '../cause-words.ts';
import { formatShare } from '../number.ts';
import { collapsed, even, type Section, shown } from './fit.ts';
import { code, prose, tableHead, tableRow } from './text.ts';

/** Where, what and how much, a sentence each. */
export const why = ({ causes }: Report): Section =>
  shown(
    'sentences of why',
    ['Why:', ''],
    causes.sentences.map((sentence) => even(`- ${prose(sentence)}`)),
  );

/** One for each candidate and side that has prices, where something was proven to change. */
export function prices({ causes, candidates }: Report): readonly Section[] {
  if (causes.sentences.length === 0) return [];
  return causes.prices.flatMap((list) => {
    if (list.state === 'none') return [];
    const rows = list.prices.map((price) => {
      const { label, baseline, candidate, change, interval } = priceWords(price);
      const changed = `${change}${interval && ` (${interval})`}`;
      return even(tableRow([prose(label), baseline, candidate, changed]));
    });
    const whose = candidates.length === 1 ? '' : `, ${code(list.candidate)}`;
    const section = collapsed(
      'prices',
      'What a unit of work costs',
      [
        `CPU of the ${list.side}${whose}. ${fitWords(list)}`,
        '',
        ...tableHead(['CPU of', 'baseline', 'candidate', 'change'], 'lrrr'),
      ],
      rows,
    );
    const merged = list.merged.map(
      ({ message, next }) => `- Together: ${prose(message)}. Next: ${prose(next)}`,
    );
    return [{ ...section, close: ['', ...merged, ...section.close] }];
  });
}

/** What workers carry, where somebody asked how many it takes. */
export function capacity({ causes }: Report): Section {
  const { targetRate, utilisation, cells } = causes.capacity;
  const rows = cells.map((cell) => {
    const { carried, workers, workersRange } = capacityWords(cell);
    const wanted = `${workers ?? ''}${workersRange && ` (${workersRange})`}`;
    return even(tableRow([code(cell.cell), carried.baseline, carried.candidate, wanted]));
  });
  const whose = cells[0]?.side === 'target' ? 'core' : 'worker';
  return collapsed(
    'rows of workers needed',
    'Workers needed',
    [
      `Requests per second of one ${whose} at ${formatShare(utilisation)} of its core.`,
      '',
      ...tableHead(['cell', 'baseline', 'candidate', `for ${targetRate} rps`], 'lrrr'),
    ],
    targetRate === null ? [] : rows,
  );
}
