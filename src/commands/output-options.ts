import type { Options } from 'yargs';
import { BenchFailure } from '../model/failure.ts';
import { type Format, formats } from './outputs.ts';

export const outputOptions = {
  format: {
    type: 'string',
    default: formats.join(','),
    describe: `files to write, of: ${formats.join(', ')}`,
  },
  out: { type: 'string', default: 'reports', describe: 'folder that holds the runs' },
  color: {
    type: 'boolean',
    default: true,
    describe: 'colours on a terminal (--no-color turns them off)',
  },
} as const satisfies Record<string, Options>;

export function formatsFrom(text: string): Format[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const found = formats.find((format) => format === part.trim());
      if (found !== undefined) return found;
      throw new BenchFailure(
        'configuration',
        `--format: "${part}" is not a format. Use any of: ${formats.join(', ')}.`,
      );
    });
}
