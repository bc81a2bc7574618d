import type { Report } from '../../model/report.ts';
import { capacityWords } from '../cause-words.ts';
import { formatShare } from '../number.ts';
import { visible } from '../visible.ts';
import { anchorOf, cellName } from './anchors.ts';

/** What one worker carries, and how many it takes. */
export function capacityView({ causes, cells }: Report) {
  const { utilisation, targetRate, excluded } = causes.capacity;
  const anchor = (id: string): string | null => {
    const at = cells.findIndex((cell) => cell.id === id);
    return at === -1 ? null : anchorOf(at);
  };
  return {
    utilisation: formatShare(utilisation),
    rate: targetRate === null ? null : targetRate.toLocaleString('en'),
    rows: causes.capacity.cells.map((found) => ({
      ...{ name: cellName(found.cell), anchor: anchor(found.cell), side: found.side },
      ...capacityWords(found),
    })),
    excluded: excluded.map(({ cell, reason }) => ({
      ...{ name: cellName(cell), anchor: anchor(cell) },
      reason: visible(reason),
    })),
  };
}
