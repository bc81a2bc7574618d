import type { TargetVersion } from '../model/settings.ts';

const ref = /^git:([^\s-]\S*)$/;
const release = /^npm:((?:@[\w.~-]+\/)?[\w.~][\w.~-]*)@([\w.^~<>=+-]+)$/;

/** `git:main`, `git:WORKTREE`, `npm:fastify@5` or `npm:@hapi/hapi@21.3.2`; else null. */
export function parseTargetVersion(given: string): TargetVersion | null {
  if (given === 'git:WORKTREE') return { kind: 'worktree' };
  const [, commit] = ref.exec(given) ?? [];
  if (commit !== undefined) return { kind: 'git', ref: commit };
  const [, name, version] = release.exec(given) ?? [];
  return name === undefined || version === undefined ? null : { kind: 'npm', name, version };
}
