/**
 * The step of action.yml that comments on the pull request. It talks to the REST API by itself: the gh command is not on
 * every runner. Whatever fails here is said, and changes no verdict.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../model/failure.ts';
import { annotationLine } from '../../report/annotation.ts';
import { comments } from './comments.ts';
import { eventOf } from './event.ts';
import { GithubRefusal, githubAt } from './github.ts';
import { inputOf } from './inputs.ts';

const { env } = process;
const told = (name: string): string => env[name] ?? '';

const say = (kind: 'notice' | 'warning', message: string): void =>
  void process.stdout.write(annotationLine(kind, { title: 'bench', message }));

/** One comment for each matrix of each folder. */
const place = [inputOf(process, 'working-directory'), inputOf(process, 'matrix')]
  .join(' ')
  .replace(/[^\w./ -]+/g, '-')
  .trim();
const marker = `<!-- bench-matrix comment: ${place} -->`;

const run = `${told('GITHUB_SERVER_URL')}/${told('GITHUB_REPOSITORY')}/actions/runs/${told('GITHUB_RUN_ID')}`;
const links = [
  `[log](${run})`,
  ...(told('ARTIFACT_URL') === '' ? [] : [`[whole report](${told('ARTIFACT_URL')})`]),
].join(' · ');

/** What an earlier commit's comment says must not stand where this one could not be measured. */
const noReport = `### ⚠️ bench: no report\n\nExit code ${told('EXIT_CODE')}: it ended before there was anything to judge. The log says why.\n`;

async function comment(): Promise<void> {
  const { pull_request: pull } = eventOf(process);
  if (pull === undefined) return void process.stdout.write('bench: no comment, no pull request\n');
  if (told('GITHUB_TOKEN') === '') return say('notice', 'No comment: there is no token.');
  const folder = told('REPORT');
  const report = folder === '' ? noReport : readFileSync(path.join(folder, 'report.md'), 'utf8');
  const done = await comments(githubAt(told('GITHUB_API_URL'), told('GITHUB_TOKEN')), {
    ...{ repository: told('GITHUB_REPOSITORY'), pull: pull.number, marker },
    ...{ text: `${report}\n${links}\n`, onlyUpdate: folder === '' },
  });
  if (done !== 'none') process.stdout.write(`bench: comment ${done}\n`);
}

try {
  await comment();
} catch (error) {
  if (error instanceof GithubRefusal && [401, 403, 404].includes(error.status))
    say(
      'notice',
      `No comment: the token may not write one (${error.status}, ${error.message}). Give the job permissions: { pull-requests: write }; pull requests from forks have none.`,
    );
  else say('warning', `No comment: ${messageOf(error)}. The report is an artifact of this run.`);
}
