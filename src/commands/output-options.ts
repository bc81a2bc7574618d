import type { Options } from 'yargs';
import { BenchFailure } from '../model/failure.ts';
import { defaultFormats, type Format, formats } from '../report/format.ts';
import { reportFiles } from './report-files.ts';

/** In place of a file: standard input or output. */
const stream = '-';

export const runsOption = {
  type: 'string',
  default: 'reports',
  // Without it a lone - would not be taken for a value.
  nargs: 1,
  describe: 'folder that holds the runs',
} as const satisfies Options;

export const outputOptions = {
  format: {
    type: 'string',
    default: defaultFormats.join(','),
    describe: `files to write, of: ${formats.join(', ')}`,
  },
  out: { ...runsOption, describe: `${runsOption.describe}; - prints one format to stdout instead` },
  color: {
    type: 'boolean',
    default: true,
    describe: 'colours on a terminal (--no-color turns them off)',
  },
} as const satisfies Record<string, Options>;

/** Of the commands that measure. */
export const runningOptions = {
  'allow-remote': {
    type: 'boolean',
    default: false,
    describe: 'other machines may take part: a target.url, or client.workers that listen for them',
  },
  quiet: { type: 'boolean', default: false, describe: 'no progress on stderr' },
} as const satisfies Record<string, Options>;

export interface RunningArguments {
  readonly 'allow-remote': boolean;
  readonly quiet: boolean;
}

/** The root holds the runs whatever the report goes to. */
export type Destination = { readonly root: string } & (
  | { readonly kind: 'files'; readonly formats: readonly Format[] }
  | { readonly kind: 'stdout'; readonly format: Format }
);

export interface OutputArguments {
  readonly format: string;
  readonly out: string;
}

/** @throws BenchFailure for an unknown format, and where standard output would take several. */
export function destinationFrom({ format, out }: OutputArguments): Destination {
  const formats = formatsFrom(format);
  if (out !== stream) return { kind: 'files', root: out, formats };
  const [only, ...others] = formats;
  if (only !== undefined && others.length === 0) {
    const files = reportFiles[only].map(({ name }) => name);
    if (files.length === 1) return { kind: 'stdout', root: runsOption.default, format: only };
    throw new BenchFailure(
      'configuration',
      `--out -: ${only} is ${files.length} files, ${files.join(' and ')}, and standard output takes one. Name the folder that holds the runs.`,
    );
  }
  throw new BenchFailure(
    'configuration',
    `--out -: standard output takes one format, and --format names ${formats.length}. Add --format json.`,
  );
}

/** The folder that holds the runs. @throws BenchFailure where a command has no report to print. */
export function runsFolder(out: string): string {
  if (out !== stream) return out;
  throw new BenchFailure(
    'configuration',
    '--out -: only compare and report print a report. Name the folder that holds the runs.',
  );
}

function formatsFrom(text: string): Format[] {
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
