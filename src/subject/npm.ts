import { x } from 'tinyexec';
import { BenchFailure } from '../model/failure.ts';
import type { Environment } from '../process/environment.ts';
import { markVariable } from '../process/mark.ts';

/** Runs npm and gives its standard output. @throws BenchFailure in one line. */
export type Npm = (args: readonly string[], what: string) => Promise<string>;

/** npm without scripts, audits or chatter; its errors become one line that says what to do. */
export const npmFor =
  (environment: Environment, mark: string): Npm =>
  async (args, what) => {
    const result = await x('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      nodeOptions: { env: { ...environment, [markVariable]: mark } },
    });
    if (result.exitCode === 0) return result.stdout;
    throw npmFailure(what, result.stderr);
  };

const networkCodes =
  /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH)\b/;

function npmFailure(what: string, stderr: string): BenchFailure {
  if (/\b(ETARGET|E404)\b/.test(stderr)) {
    return new BenchFailure(
      'configuration',
      `${what}: the npm registry has no such version for this platform. \`npm view ${packageOf(what)} versions\` lists those that it has; or give the path of a Node, \`/path/to/node\`.`,
    );
  }
  const network = networkCodes.exec(stderr);
  if (network !== null) {
    return new BenchFailure(
      'unmeasurable',
      `${what}: the npm registry cannot be reached (${network[1]}). Check the network, or give the path of a Node, \`/path/to/node\`.`,
    );
  }
  const line = stderr.split('\n').find((l) => l.trim() !== '') ?? 'npm failed';
  return new BenchFailure(
    'unmeasurable',
    `${what}: ${line.trim()}. Try \`npm install\` of it by hand.`,
  );
}

const packageOf = (what: string): string => /\((\S+)@/.exec(what)?.[1] ?? what;
