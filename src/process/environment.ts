import { markVariable } from './mark.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The only variables that a measured process inherits. Not NODE_OPTIONS (it stops Node 16 from
 * starting), no proxies, no OPENSSL_CONF: what a measurement depends on is said in the matrix.
 */
const inherited = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH'] as const;

/** @param mark the run's id; @param extra variables that the matrix sets for this process. */
export function measuredEnvironment(
  environment: Environment,
  mark: string,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of inherited) {
    const value = environment[name];
    if (value !== undefined) kept[name] = value;
  }
  return { ...kept, ...extra, [markVariable]: mark };
}
