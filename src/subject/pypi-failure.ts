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
    notThere(text, wanted, python) ??
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
  // A range begins with what is said.
  const release = `${version.replaceAll('.', '\\.')}(?:\\.\\d+)*`;
  const pip = new RegExp(`[ ;]${release} Requires-Python ([^;]+)`).exec(text);
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

/** All that a dependency could be taken from was withdrawn later, or has no wheel. */
function withoutWheel(text: string, wanted: Wanted): string | null {
  const [, uv, isYanked] =
    /Because ([\w.-]+?)[<>=!~]\S* (?:has no (?:usable )?wheels|was (yanked))/.exec(text) ?? [];
  const [, pip] = /satisfies the requirement ([\w.-]+)/.exec(text) ?? [];
  const name = uv ?? pip;
  if (name === undefined || (uv === undefined && isNamed(name, wanted))) return null;
  const [, ignored] =
    /Ignored the following yanked versions: (\S+(?:, \S+)*) ERROR/.exec(text) ?? [];
  const pin = yankedLater[name.toLowerCase()] ?? ignored?.split(', ').at(-1);
  const asOf = wanted.asOf === null ? '' : ` as of ${wanted.asOf}`;
  const history = `https://pypi.org/project/${name}/#history`;
  if (pin !== undefined || isYanked !== undefined) {
    return `every release of ${name}${asOf} that it could use was yanked later, and is taken only where it is named exactly. Write client.with: { ${name}: '${pin ?? 'VERSION'}' }; ${history} lists them.`;
  }
  return `no release of ${name}${asOf} that it could use has a wheel for this machine, and nothing is built here. Pin one that has in client.with (${history}), or build it with \`pip wheel --no-deps ${name} -w DIR\` and name the folder in UV_FIND_LINKS and PIP_FIND_LINKS.`;
}

function notThere(text: string, wanted: Wanted, python: string): string | null {
  const [, uv, unknown, pip] =
    /no versions? of ([\w.-]+)|Because ([\w.-]+) was not found in the package registry|satisfies the requirement ([\w.-]+)/.exec(
      text,
    ) ?? [];
  const name = uv ?? unknown ?? pip;
  if (name === undefined) return null;
  const where = `for Python ${python}${wanted.asOf === null ? '' : ` as of ${wanted.asOf}`}`;
  return same(name, wanted.name)
    ? `PyPI has no such release ${where}. \`pip index versions ${name}\` lists those that it has.`
    : `PyPI has no ${name} ${pinOf(name, wanted) ?? ''} ${where}. Correct client.with; https://pypi.org/project/${name}/#history lists what there is.`;
}

/** Names of distributions, as PyPI compares them. */
const same = (a: string, b: string): boolean => normal(a) === normal(b);
const normal = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

const pinOf = (name: string, wanted: Wanted): string | undefined =>
  Object.entries(wanted.with).find(([pinned]) => same(pinned, name))?.[1];

/** By the user, and not by something that he asked for. */
const isNamed = (name: string, wanted: Wanted): boolean =>
  same(name, wanted.name) || pinOf(name, wanted) !== undefined;

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
