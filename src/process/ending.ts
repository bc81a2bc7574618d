import type { ChildProcess } from 'node:child_process';
import { messageOf } from '../model/failure.ts';

/** Of a process that did what it was to do. */
export const endedWell = 'exited with code 0';

/**
 * How a process ended, in words.
 * @param event `close` where its output is awaited too, `exit` where that goes elsewhere.
 */
export const endingOf = (child: ChildProcess, event: 'close' | 'exit'): Promise<string> =>
  new Promise((resolve) => {
    child.on('error', (error) => resolve(`could not start: ${messageOf(error)}`));
    child.on(event, (code: number | null, signal: NodeJS.Signals | null) =>
      resolve(signal === null ? `exited with code ${code}` : `was ended by ${signal}`),
    );
  });
