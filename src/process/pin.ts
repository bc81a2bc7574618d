import type { Command } from './child.ts';

/** The same command, pinned before exec, so that no thread of it ever ran elsewhere. */
export const pinned = ({
  file,
  args,
  core,
}: Pick<Command, 'file' | 'args' | 'core'>): readonly [string, readonly string[]] =>
  core === null ? [file, args] : ['taskset', ['--cpu-list', String(core), file, ...args]];
