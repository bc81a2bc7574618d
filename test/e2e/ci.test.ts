import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowText } from '../../src/matrix/project/workflow.ts';
import { tool } from '../../src/commands/package.ts';
import { cli, freshFolder, runFolder } from '../support/bench.ts';
import { slowerBranch } from '../support/demo.ts';
import { complaintsOf } from '../support/github-files.ts';
import { git } from '../support/repository.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(path.join(root, 'docs/ci.md'), 'utf8');
const [workflow = '', gitlab = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
);

describe('docs/ci.md', () => {
  it('has the workflow that bench init writes, and GitHub reads it', () => {
    expect(workflow).toBe(workflowText('.', null, tool.version));
    for (const text of [workflow, workflowText('a "b": c', 'm: {}.yaml', tool.version)])
      expect(complaintsOf('workflow', text)).toEqual([]);
  });

  it('names releases that are this one', () => {
    const named = [...page.matchAll(/bench-matrix@([\w.-]+)/g)].map(([, version]) => version);
    expect(named.length).toBeGreaterThan(2);
    expect(new Set(named)).toEqual(new Set([tool.version]));
  });
});

describe('its job of GitLab', () => {
  interface GitlabJob {
    readonly script: readonly string[];
    readonly artifacts: {
      readonly paths: readonly string[];
      readonly reports: { readonly junit: string };
    };
  }
  const { script, artifacts } = (parse(gitlab) as { bench: GitlabJob }).bench;
  const { origin, base, slow, main } = slowerBranch('', 'feature');

  /** As a runner does it: a clone, the commit, the lines one after another. */
  async function ran(commit: string, variables: Readonly<Record<string, string>>) {
    const workspace = freshFolder();
    git(workspace, 'clone', '--quiet', origin, '.');
    git(workspace, 'checkout', '--quiet', commit);
    // So npx takes the package that is here, and asks no registry.
    const installed = path.join(workspace, 'node_modules');
    mkdirSync(path.join(installed, '.bin'), { recursive: true });
    symlinkSync(root, path.join(installed, tool.name));
    symlinkSync(cli, path.join(installed, '.bin/bench'));
    const env = { ...process.env, CI: 'true', CI_COMMIT_SHA: commit, ...variables };
    const args = ['-eo', 'pipefail', '-c', script.join('\n')];
    return new Promise<{ code: unknown; said: string; workspace: string }>((resolve) => {
      execFile('bash', args, { cwd: workspace, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, said: stdout + stderr, workspace }),
      );
    });
  }

  it('fails where the branch is slower than what it left, and has its results as tests', async () => {
    const { code, said, workspace } = await ran(slow, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
    expect(code, said).toBe(1);
    const run = path.relative(workspace, runFolder(workspace));
    const junit = artifacts.reports.junit.replace('reports/*', run);
    expect(artifacts.paths.some((kept) => junit.startsWith(kept))).toBe(true);
    const text = readFileSync(path.join(workspace, junit), 'utf8');
    expect(text).toMatch(/<testcase name="all: target CPU per request" [^>]+>\s*<failure /);
  });

  it('passes where it is not, also of what a merge would give', async () => {
    const { code, said } = await ran(main, {
      ...{ CI_MERGE_REQUEST_DIFF_BASE_SHA: slow, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: base },
    });
    expect(code, said).toBe(0);
  });
});
