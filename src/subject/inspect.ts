import { x } from 'tinyexec';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { engineName, type Settings, targetEnv, targetName } from '../model/settings.ts';
import type { InstalledProgram } from './program.ts';
import type { InstalledRuntime } from './runtime.ts';

/** What the arm runs on, asked of the runtime itself. @throws BenchFailure when it cannot run. */
export async function inspectRuntime(
  installed: InstalledRuntime,
  program: InstalledProgram,
  settings: Settings,
  env: Readonly<Record<string, string>>,
): Promise<SubjectFingerprint> {
  const asked = await ask(installed.file, env);
  const { node = 'unknown', openssl = 'unknown', v8 = 'unknown', ...others } = asked;
  // Names only: a value may be a secret.
  const names = (env: Readonly<Record<string, string>>): string =>
    Object.keys(env).length === 0 ? 'nothing added' : Object.keys(env).sort().join(', ');
  return {
    engine: engineName(settings.client.engine),
    ...program.fingerprint,
    node,
    openssl,
    v8,
    ...Object.fromEntries(
      ['uv', 'llhttp', 'zlib', 'ares'].map((key) => [key, others[key] ?? 'none'] as const),
    ),
    source: installed.source,
    environment: names(settings.client.env),
    target: targetName(settings.target),
    'target environment': names(targetEnv(settings.target)),
  };
}

async function ask(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const next = 'Give the path of a Node executable, or a version such as node@20.20.2.';
  let printed: string;
  try {
    const result = await x(file, ['-p', 'JSON.stringify(process.versions)'], {
      timeout: 20_000,
      nodeOptions: { env: { ...env } },
    });
    if (result.exitCode !== 0) {
      const line = result.stderr.split('\n').find((l) => l.trim() !== '') ?? 'no message';
      throw new Error(`it ended with code ${result.exitCode}: ${line}`);
    }
    printed = result.stdout;
    return JSON.parse(printed) as Record<string, string>;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BenchFailure(
      'configuration',
      `client.runtime: ${file} does not run as a Node: ${why}. ${next}`,
    );
  }
}
