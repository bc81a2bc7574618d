import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { visible } from './visible.ts';

/**
 * Outputs of a step, as lines for the file that `GITHUB_OUTPUT` names, each value between two lines of its own delimiter
 * (docs.github.com, Workflow commands, Multiline strings). No value can hold its own hash.
 * @param folder of the run, absolute.
 */
export function githubOutputs(report: Report, folder: string): string {
  const regressions = report.cells.filter(({ verdict }) => verdict === 'regression').length;
  return Object.entries({
    outcome: report.outcome,
    'exit-code': String(report.exitCode),
    sentence: visible(report.sentence),
    report: folder,
    regressions: String(regressions),
  })
    .map(([name, value]) => {
      const delimiter = `bench_${hashOf(value)}`;
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
    .join('');
}

/** Text in which GitHub's runner looks for no commands: names and messages in it come from files and servers. */
export function withoutCommands(text: string): string {
  const token = `bench-${hashOf(text)}`;
  return `::stop-commands::${token}\n${text}\n::${token}::\n`;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
