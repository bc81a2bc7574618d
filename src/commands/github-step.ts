import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../model/failure.ts';
import type { Report } from '../model/report.ts';
import { githubOutputs } from '../report/github-outputs.ts';
import { renderMarkdown } from '../report/markdown/render.ts';
import type { World } from './world.ts';

/**
 * Appends to the files that GitHub's runner named for this step: the outputs, and the report for the job's summary.
 * Elsewhere it names none. What cannot be written is said, and loses no result: the run is stored.
 */
export function tellGithub(report: Report, folder: string, world: World): void {
  const texts = {
    GITHUB_OUTPUT: () => githubOutputs(report, path.resolve(world.cwd, folder)),
    GITHUB_STEP_SUMMARY: () => `${renderMarkdown(report)}\n`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const file = world.env[name] ?? '';
    if (file === '') continue;
    try {
      appendFileSync(path.resolve(world.cwd, file), text());
    } catch (error) {
      world.stderr.write(`bench: ${name}: ${messageOf(error)}. The report is in ${folder}.\n`);
    }
  }
}
