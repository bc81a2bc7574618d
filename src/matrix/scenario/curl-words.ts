import { parse } from 'shell-quote';
import { BenchFailure } from '../../model/failure.ts';
import type { Unwritten } from './unwritten.ts';

/** Outside of quotes, a backslash at the end of a line joins it with the next. */
const joined = /\$'(?:\\.|[^'\\])*'|'[^']*'|\\\r?\n/gs;

/** The words of a command line as bash would hand them over; `$NAME` becomes a variable. @throws BenchFailure */
export function curlWords(line: string, to: Unwritten): readonly string[] {
  const text = line.replace(joined, (part) => (part.startsWith('\\') ? ' ' : part)).trim();
  if (/\^"|\^$/m.test(text))
    throw refused('is written for cmd.exe, which quotes otherwise. Copy it as cURL (bash).');
  return parse(text, (name) => {
    if (/^[A-Za-z_]\w*$/.test(name)) return to.named(name, 'in the line');
    throw refused(`has "$${name}", which only its shell knows. Write the value, or \${NAME}.`);
  }).flatMap((word) => {
    if (typeof word === 'string') return [word];
    // Bash leaves a pattern alone that fits no file.
    if ('op' in word && word.op === 'glob') return [word.pattern];
    if ('comment' in word) return [];
    throw refused(
      `has a "${word.op}" outside of quotes, where the shell begins another command. Put the URL in quotes, and give one command.`,
    );
  });
}

export const refused = (problem: string): BenchFailure =>
  new BenchFailure('configuration', `curl: the line ${problem}`);
