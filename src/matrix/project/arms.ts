import { quote } from 'shell-quote';
import type { Project } from './find.ts';

/** What is compared first: the two sides of what the written matrix can tell apart. */
interface Arms {
  readonly baseline: string;
  readonly candidate: string;
}

export function armsOf({ subject }: Project): Arms {
  switch (subject.kind) {
    case 'start':
      return { baseline: 'git:HEAD', candidate: 'git:WORKTREE' };
    case 'url': {
      const next = new URL(subject.url);
      next.port = String(Number(next.port) + 1);
      return { baseline: `url:${subject.url}`, candidate: `url:${next.origin}` };
    }
    case 'runtimes':
      return { baseline: 'v1', candidate: 'v2' };
  }
}

/** How the command is called here, such as `npx bench-matrix`, and what else names the matrix. */
export interface Invocation {
  readonly bench: string;
  /** Null where bench finds it by itself. */
  readonly matrix: string | null;
}

export function commandLine(
  command: 'plan' | 'compare',
  project: Project,
  { bench, matrix }: Invocation,
): string {
  const { baseline, candidate } = armsOf(project);
  const named = matrix === null ? [] : ['--matrix', quote([matrix])];
  return [bench, command, ...named, '--baseline', baseline, '--candidate', candidate].join(' ');
}
