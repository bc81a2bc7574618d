import { x } from 'tinyexec';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { engineName, targetName } from '../model/names.ts';
import { languageOf, type Settings, targetEnv } from '../model/settings.ts';
import { askPython } from './ask-python.ts';
import type { InstalledClient } from './client.ts';
import type { Run } from './installer.ts';

/** What the arm runs on, asked of the runtime itself. @throws BenchFailure when it cannot run. */
export async function inspectClient(
  { runtime, program }: InstalledClient,
  settings: Settings,
  run: Run,
  env: Readonly<Record<string, string>>,
): Promise<SubjectFingerprint> {
  // Names only: a value may be a secret.
  const names = (env: Readonly<Record<string, string>>): string =>
    Object.keys(env).length === 0 ? 'nothing added' : Object.keys(env).sort().join(', ');
  return {
    engine: engineName(settings.client.engine),
    ...program.fingerprint,
    ...(await runtimeFacts(languageOf(settings.client.engine), runtime.file, run, env)),
    source: runtime.source,
    environment: names(settings.client.env),
    target: targetName(settings.target),
    'target environment': names(targetEnv(settings.target)),
  };
}

async function runtimeFacts(
  language: ReturnType<typeof languageOf>,
  file: string,
  run: Run,
  env: Readonly<Record<string, string>>,
): Promise<SubjectFingerprint> {
  if (language === null) return {};
  if (language === 'python') {
    const { python, openssl, distributions } = await askPython(file, run, env);
    // The installer's own: no part of what runs.
    const { pip: _, ...others } = distributions;
    return { ...others, python, openssl: openssl.replace(/^OpenSSL (\S+).*/, '$1') };
  }
  const {
    node = 'unknown',
    openssl = 'unknown',
    v8 = 'unknown',
    ...others
  } = await askNode(file, env, 'client.runtime');
  return {
    ...{ node, openssl, v8 },
    ...Object.fromEntries(
      ['uv', 'llhttp', 'zlib', 'ares'].map((key) => [key, others[key] ?? 'none'] as const),
    ),
  };
}

/** What a Node says of its versions. @param setting that names it, for messages. @throws BenchFailure when it cannot run */
export async function askNode(
  file: string,
  env: Readonly<Record<string, string>>,
  setting: string,
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
      `${setting}: ${file} does not run as a Node: ${why}. ${next}`,
    );
  }
}
