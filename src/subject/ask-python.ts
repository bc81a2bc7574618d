import { BenchFailure } from '../model/failure.ts';
import type { Run } from './installer.ts';

/** What a Python says of itself and of what is installed in it. */
export interface PythonAnswer {
  /** `3.11.7` */
  readonly python: string;
  readonly openssl: string;
  /** Versions by the names of distributions, in small letters. */
  readonly distributions: Readonly<Record<string, string>>;
}

// Python 3.7 has no importlib.metadata; what Locust needs there brings it along under its older name.
const script = `import json, platform, re, ssl
try:
    from importlib import metadata
except ImportError:
    import importlib_metadata as metadata
found = {}
for one in metadata.distributions():
    name = re.sub("[-_.]+", "-", one.metadata["Name"] or "").lower()
    found.setdefault(name, one.version)
print(json.dumps({"python": platform.python_version(), "openssl": ssl.OPENSSL_VERSION, "distributions": dict(sorted(found.items()))}))`;

/** @param env all of its environment. @throws BenchFailure where it does not answer. */
export async function askPython(
  file: string,
  run: Run,
  env?: Readonly<Record<string, string>>,
): Promise<PythonAnswer> {
  const { exitCode, stdout, stderr } = await run(file, ['-c', script], env);
  if (exitCode === 0) return JSON.parse(stdout) as PythonAnswer;
  const line = stderr.trim().split('\n').at(-1) ?? 'no message';
  throw new BenchFailure(
    'configuration',
    `client.runtime: ${file} does not tell what is installed in it: ${line}. Give another Python, such as python@3.11.`,
  );
}
