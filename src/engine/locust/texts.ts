import { referencesIn } from '../../model/variables.ts';

/**
 * Texts of a scenario as Python writes them. A locustfile is kept and shown, so a text that names variables, or is a secret,
 * stands in it by the name of an environment variable, which only the process is given.
 */
export class Texts {
  /** What the process is given. */
  readonly env: Record<string, string> = {};

  /** @param declared as the matrix says it; @param value what is sent. */
  python(declared: string, value: string, isSecret = false): string {
    if (!isSecret && referencesIn(declared).length === 0) return quoted(value);
    const name = `BENCH_TEXT_${Object.keys(this.env).length + 1}`;
    this.env[name] = value;
    return `os.environ["${name}"]`;
  }
}

/** What JSON escapes, and nothing else, Python escapes in the same way. */
export const quoted = (text: string): string => JSON.stringify(text);
