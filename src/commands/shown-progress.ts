import type { Progress, Tell } from '../campaign/progress.ts';
import type { OutputStream } from './world.ts';

/**
 * On a terminal one line, rewritten between launches; elsewhere a line at each tenth of the run. No timer
 * draws: a spinner would run inside the measurement.
 */
export function shownOn(stream: OutputStream): Tell {
  let lastTenth = -1;
  return (progress) => {
    const line = lineOf(progress);
    if (progress.kind === 'note' || progress.kind === 'profile') {
      stream.write(`${line}\n`);
    } else if (stream.isTTY === true) {
      stream.write(`\r\u001b[2K${line}${progress.kind === 'measured' ? '\n' : ''}`);
    } else {
      const tenth = progress.kind === 'launch' ? Math.floor(10 * progress.share) : null;
      if (tenth === lastTenth) return;
      lastTenth = tenth ?? -1;
      stream.write(`${line}\n`);
    }
  };
}

export const untold: Tell = () => {};

function lineOf(progress: Progress): string {
  switch (progress.kind) {
    case 'note':
      return progress.text;
    case 'measured':
      return `measured for ${Math.round(progress.ms / 1000)} s`;
    case 'profile':
      return `profile ${progress.index + 1} of ${progress.of}: ${progress.cell}`;
    case 'launch': {
      const { launch, cell, leftMs } = progress;
      // Cells that are decided early make it less.
      const left = leftMs === null ? '' : `, at most ${Math.ceil(leftMs / 1000)} s left`;
      return `launch ${launch}: ${cell}${left}`;
    }
  }
}
