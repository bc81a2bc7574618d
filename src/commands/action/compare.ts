/**
 * The step of action.yml that measures. It ends well whatever bench says, and keeps the exit code as an output, so that
 * the report is uploaded and commented before the last step ends with it. Not a command of bench: only the action calls it.
 */
import { appendFileSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchFailure, exitCodes } from '../../model/failure.ts';
import { annotationLine } from '../../report/annotation.ts';
import { gitFor } from '../../subject/git.ts';
import { run } from '../cli.ts';
import { hostWorld } from '../host-world.ts';
import { interruptionOf } from '../interruption.ts';
import type { World } from '../world.ts';
import { eventOf } from './event.ts';
import { inputOf, optionsFrom } from './inputs.ts';
import { revisionsOf } from './revisions.ts';

const formats = 'html,json,markdown,junit,github';

/** @throws BenchFailure */
async function argumentsFrom(world: World, out: string): Promise<readonly string[]> {
  const arms = { baseline: inputOf(world, 'baseline'), candidate: inputOf(world, 'candidate') };
  const isSaid = arms.baseline !== '' && arms.candidate !== '';
  const git = gitFor(world.env, 'action');
  const found = isSaid ? null : await revisionsOf(eventOf(world), (args) => git(world.cwd, args));
  return [
    'compare',
    `--baseline=${arms.baseline || `git:${found?.baseline}`}`,
    `--candidate=${arms.candidate || `git:${found?.candidate}`}`,
    ...optionsFrom(world),
    ...[`--format=${formats}`, `--out=${out}`],
  ];
}

async function compare(world: World, out: string): Promise<number> {
  try {
    return await run(await argumentsFrom(world, out), world);
  } catch (error) {
    if (!(error instanceof BenchFailure)) throw error;
    world.stderr.write(`bench: ${error.message}\n`);
    return exitCodes[error.kind];
  }
}

/** What is told on standard error is kept too: where there is no report, its last line says why. */
let said = '';
const stderr = {
  write: (text: string) => {
    said = (said + text).slice(-10_000);
    // The runner obeys lines that begin so, and messages hold names from files and servers.
    return process.stderr.write(text.replace(/^(?=\s*(::|##\[))/gm, '| '));
  },
};
const world = hostWorld(process, { stdout: process.stdout, stderr }, interruptionOf(process));
const { GITHUB_OUTPUT = '', GITHUB_STEP_SUMMARY = '', RUNNER_TEMP = tmpdir() } = process.env;
const out = mkdtempSync(path.join(RUNNER_TEMP, 'bench-'));
const code = await compare(world, out);
if (GITHUB_OUTPUT !== '') appendFileSync(GITHUB_OUTPUT, `exit-code=${code}\n`);
const isReported = readdirSync(out).some((run) => existsSync(path.join(out, run, 'report.md')));
if (!isReported) {
  const complaint = said.split('\n').findLast((line) => line.startsWith('bench: ')) ?? '';
  process.stdout.write(
    annotationLine('error', { title: 'bench', message: complaint.replace('bench: ', '') }),
  );
  if (GITHUB_STEP_SUMMARY !== '')
    appendFileSync(GITHUB_STEP_SUMMARY, `bench: no report, exit code ${code}. The log says why.\n`);
}
