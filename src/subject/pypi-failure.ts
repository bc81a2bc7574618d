import { BenchFailure } from '../model/failure.ts';
import type { Wanted } from './pypi-arguments.ts';

/** Releases that were withdrawn after those who depend on them were published; only an exact pin still takes them. */
const yankedLater: Readonly<Record<string, string>> = { configargparse: '1.7' };

const unreachable =
  /Connection refused|Name or service not known|nodename nor servname|Temporary failure in name resolution|Network is unreachable|No route to host|timed out|dns error|network was disabled|Connection reset|NewConnectionError/i;

/** What uv or pip said, as one line that says what to do. @param python its version. */
export function installFailure(wanted: Wanted, python: string, stderr: string): BenchFailure {
  // Both break their lines to fit a page.
  const text = stderr.replaceAll(/\s+/g, ' ').trim();
  const called = `${wanted.name}@${wanted.version}`;
  const network = unreachable.exec(text);
  if (network !== null) {
    return new BenchFailure(
      'unmeasurable',
      `${called}: PyPI cannot be reached (${network[0]}). Check the network, or name a mirror in UV_DEFAULT_INDEX and PIP_INDEX_URL.`,
    );
  }
  const known =
    unfitPython(text, wanted, python) ??
    publishedLater(text, wanted) ??
    withoutWheel(text, wanted) ??
    notThere(text, wanted) ??
    conflicting(text);
  if (known !== null) return new BenchFailure('configuration', `${called}: ${known}`);
  const line = stderr.split('\n').find((l) => l.trim() !== '') ?? 'the installation failed';
  return new BenchFailure(
    'unmeasurable',
    `${called}: ${line.trim()}. Try \`pip install\` of it by hand.`,
  );
}

function unfitPython(text: string, { name, version }: Wanted, python: string): string | null {
  const uv = /does not satisfy Python([<>=!~\d.,*]+) and (\S+?)[<>=!~][^ ]* depends on/.exec(text);
  const pip = new RegExp(`[ ;]${version} Requires-Python ([^;]+)`).exec(text);
  const needed = uv?.[1] ?? pip?.[1]?.trim();
  if (needed === undefined) return null;
  const who = uv?.[2] === undefined || uv[2] === name ? 'it' : uv[2];
  return `${who} needs Python ${needed}, and this one is ${python}. Write client.runtime: python@3.11 or another that fits, or choose another release.`;
}

function publishedLater(text: string, { asOf }: Wanted): string | null {
  const [, day] = /requested version, v?\S+, was published at (\d{4}-\d\d-\d\d)/.exec(text) ?? [];
  if (day === undefined || asOf === null) return null;
  return `it was published on ${day}, after client.asOf: ${asOf}. Write that day or a later one.`;
}

function withoutWheel(text: string, { asOf }: Wanted): string | null {
  const [, uv, yanked] =
    /Because ([\w.-]+?)[<>=!~]\S* (?:has no usable wheels|was (yanked))/.exec(text) ?? [];
  const [, pip] =
    /requirement ([\w.-]+?)[<>=!~]\S* \(from \S+ \(from versions: none\)/.exec(text) ?? [];
  const name = uv ?? pip;
  if (name === undefined) return null;
  const pin = yankedLater[name.toLowerCase()];
  const of = asOf === null ? '' : ` as of ${asOf}`;
  if (pin !== undefined || yanked !== undefined) {
    return `every release of ${name}${of} that it could use was yanked later, and such a release is taken only by its exact name. Write client.with: { ${name}: '${pin ?? 'VERSION'}' }${pin === undefined ? ` with one of https://pypi.org/project/${name}/#history` : ''}.`;
  }
  return `no release of ${name}${of} that it could use has a wheel for this machine, and nothing is built here. Pin one that has in client.with, or build it yourself with \`pip wheel --no-deps ${name} -w DIR\` and name the folder in UV_FIND_LINKS and PIP_FIND_LINKS.`;
}

function notThere(text: string, wanted: Wanted): string | null {
  const [, uv, unknown, pip] =
    /no versions? of ([\w.-]+)|Because ([\w.-]+) was not found in the package registry|satisfies the requirement ([\w.-]+)/.exec(
      text,
    ) ?? [];
  const name = uv ?? unknown ?? pip;
  if (name === undefined) return null;
  const asOf = wanted.asOf === null ? '' : ` as of ${wanted.asOf}`;
  if (name !== wanted.name)
    return `PyPI has no ${name} ${wanted.with[name] ?? ''}${asOf}, or none for this machine. Correct client.with; https://pypi.org/project/${name}/#history lists what there is.`;
  return `PyPI has no such release${asOf}, or none for this machine. \`pip index versions ${name}\` lists those that it has.`;
}

function conflicting(text: string): string | null {
  const [, pip] =
    /ERROR: (Cannot install .+?) because these package versions have conflicting/.exec(text) ?? [];
  if (pip !== undefined) return `${pip}: what they need conflicts. Change client.with.`;
  const [, uv] =
    /cause: (Because .+?) we can conclude that your requirements are unsatisfiable/.exec(text) ??
    [];
  return uv === undefined
    ? null
    : `${uv} it cannot be installed. Change client.with or client.asOf.`;
}

/** Of `python -m venv` and `uv venv`. */
export function environmentFailure(
  { name, version }: Wanted,
  python: { readonly file: string; readonly version: string },
  said: string,
): BenchFailure {
  const called = `${name}@${version}`;
  const [major, minor] = python.version.split('.');
  if (/ensurepip|No module named '?venv/.test(said)) {
    return new BenchFailure(
      'configuration',
      `${called}: ${python.file} comes without venv. Install it (\`apt-get install python${major}.${minor}-venv\`), or uv (\`pip install uv\`), which does without.`,
    );
  }
  const line = said.split('\n').find((l) => l.trim() !== '') ?? 'no message';
  return new BenchFailure(
    'unmeasurable',
    `${called}: ${python.file} made no environment: ${line.trim()}. Try \`${python.file} -m venv DIR\` by hand.`,
  );
}

export const asOfNeedsUv = ({ name, version, asOf }: Wanted): BenchFailure =>
  new BenchFailure(
    'configuration',
    `${name}@${version}: client.asOf: ${asOf} needs uv, or a pip of 26 or newer. Install uv (\`pip install uv\`), or remove client.asOf.`,
  );
