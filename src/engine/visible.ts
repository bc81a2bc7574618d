import type { RequestSpec, Settings } from '../model/settings.ts';
import { referencesIn } from '../model/variables.ts';

/** Of programs that take requests as arguments: everybody on this machine can read those. */

/** The first part of the requests that may be a secret, or null. */
export function refusedInArguments({ scenario }: Settings): string | null {
  for (const { path, headers, body } of scenario.requests) {
    const secret = Object.keys(headers).find((name) => /auth|cookie|token|key|secret/i.test(name));
    if (secret !== undefined) return `headers: ${secret} (${why})`;
    const [variable] = [path, body ?? '', ...Object.values(headers)].flatMap(referencesIn);
    if (variable !== undefined) return `\${${variable}} (${why})`;
  }
  return null;
}

const why = 'it takes requests as arguments, which everybody on this machine can read';

/** As curl has them, and wrk and oha after it. */
export const headerArguments = (headers: RequestSpec['headers']): string[] =>
  Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
