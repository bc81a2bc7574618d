import type { Side } from '../model/plan.ts';
import { type Axis, defaultCompareAxis } from './axes.ts';
import { parseEngine } from './engine.ts';
import { type Located, type LocatedMapping, type LocatedScalar, mapping } from './located.ts';
import { failureAt, type Place } from './place.ts';
import { mappingOver } from './overlay.ts';
import { parseRuntime } from './runtime.ts';
import { parseTargetVersion } from './target-version.ts';
import { nearest, shown } from './wording.ts';

/** What is compared: a variant of the compare axis, or a version that no variant names. */
export interface Subject {
  readonly name: string;
  readonly overlay: LocatedMapping;
}

/** A setting that the command line says, as if a file had said it. */
export const saidByOption = (
  option: string,
  path: readonly [string, ...string[]],
  value: LocatedScalar['value'],
  source = String(value),
): LocatedMapping => {
  const place: Place = { kind: 'option', option };
  const [first, ...rest] = path;
  const scalar: Located = { kind: 'scalar', place, value, source };
  const inner = rest.reduceRight<Located>((node, key) => mapping(place, [[key, node]]), scalar);
  return mapping(place, [[first, inner]]);
};

/** Where names of subjects are looked up, and what they can be. */
export interface Choice {
  /** The variants that can be named; null where the matrix has no such axis. */
  readonly axis: Axis | null;
  /** Of the matrix, for messages. */
  readonly file: string;
  /** What `--side` says; null where nobody did. */
  readonly side: 'client' | 'target' | null;
  /** Whether the matrix starts a server of its own, in some cell at least. */
  readonly starts: boolean;
}

const orElse =
  'a runtime such as node@20.20.2, an engine such as npm:undici@7.30.2 or locust@2.31.0, or a server such as git:main or npm:fastify@5';

/**
 * @param option that names it, for messages.
 * @throws BenchFailure `configuration` for a name that is neither a variant nor anything that can be made ready.
 */
export const subjectOf = (option: string, name: string, choice: Choice): Subject => {
  const { axis, file } = choice;
  const variants = axis?.variants ?? [];
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return { name, overlay: variant.overlay };
  const url = /^url:(.*)$/s.exec(name)?.[1];
  if (url !== undefined)
    return { name, overlay: saidByOption(`${option} ${name}`, ['target', 'url'], url) };
  const overlay = clientOverlay(option, name, choice) ?? targetOverlay(option, name, choice);
  if (overlay !== null) return { name, overlay };
  const place: Place = { kind: 'option', option };
  if (axis === null)
    throw failureAt(
      place,
      `${shown(name)} is no version of a client or a server, and ${file} has no axis ${defaultCompareAxis} to choose from. Add the axis, name another one with --axis, or write ${orElse}.`,
    );
  const names = variants.map((candidate) => candidate.name);
  const near = nearest(name, names);
  throw failureAt(
    place,
    `${shown(name)} is neither a variant of the axis ${axis.name} nor a version of a client or a server. ${
      near === null
        ? `Choose one of ${names.join(', ')}, ${orElse}.`
        : `Did you mean ${shown(near)}?`
    }`,
  );
};

/** A Node is the target's where the matrix starts one, unless `--side` says otherwise; an engine never is. */
function clientOverlay(option: string, name: string, choice: Choice): LocatedMapping | null {
  if (choice.side === 'target') return null;
  const say = (setting: string) => saidByOption(`${option} ${name}`, ['client', setting], name);
  if (isNode(name) && choice.starts && choice.side === null) return null;
  if ((parseRuntime(name)?.kind ?? 'current') !== 'current') return say('runtime');
  // A bare name could be a variant's that was misspelt.
  return name.includes('@') && parseEngine(name) !== null ? say('engine') : null;
}

/** @throws BenchFailure where nothing is started that could be of this version. */
function targetOverlay(option: string, name: string, choice: Choice): LocatedMapping | null {
  const said = `${option} ${name}`;
  const setting = isNode(name) ? 'runtime' : 'version';
  const version = parseTargetVersion(name);
  if (setting === 'version' && version === null) return null;
  const refused = (message: string) => failureAt({ kind: 'option', option: said }, message);
  if (choice.side === 'client')
    throw refused('is a version of a server, and --side client says otherwise. Leave it out.');
  if (!choice.starts)
    throw refused(
      `${version?.kind === 'npm' ? 'is no engine, and ' : ''}${choice.file} starts no server. Write target: { start: 'node server.mjs' } into a matrix file of yours.`,
    );
  const own = saidByOption(said, ['target', setting], name);
  // A variant that is called as the package says how that is served; only its version is another.
  const served =
    version?.kind === 'npm' && choice.axis?.variants.find((known) => known.name === version.name);
  return served ? mappingOver(served.overlay, own) : own;
}

const isNode = (name: string): boolean =>
  ['npm', 'path'].includes(parseRuntime(name)?.kind ?? 'current');

/** What is under test: where all that is written lies on one side, that side. @param written from `writtenBy` */
export const sideOf = (written: readonly string[]): Side => {
  const sections = new Set(written.map((setting) => setting.split('.')[0]));
  const [only] = sections;
  return sections.size === 1 && (only === 'client' || only === 'target') ? only : 'both';
};
