import type { Side } from '../model/plan.ts';
import { type Axis, defaultCompareAxis } from './axes.ts';
import { parseEngine } from './engine.ts';
import { type Located, type LocatedMapping, type LocatedScalar, mapping } from './located.ts';
import { failureAt, type Place } from './place.ts';
import { parseRuntime } from './runtime.ts';
import { nearest, shown } from './wording.ts';

/** What is compared: a variant of the compare axis, or a Node runtime that no variant names. */
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

/**
 * @param option that names it, for messages.
 * @throws BenchFailure `configuration` for a name that is neither a variant, nor a Node runtime, nor an engine.
 */
export const subjectOf = (
  option: string,
  name: string,
  axis: Axis | null,
  file: string,
): Subject => {
  const variants = axis?.variants ?? [];
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant) return { name, overlay: variant.overlay };
  const runtime = parseRuntime(name);
  if (runtime !== null && runtime.kind !== 'current') {
    const overlay = saidByOption(`${option} ${name}`, ['client', 'runtime'], name);
    return { name, overlay };
  }
  if (name.startsWith('npm:') && parseEngine(name) !== null) {
    return { name, overlay: saidByOption(`${option} ${name}`, ['client', 'engine'], name) };
  }
  const place: Place = { kind: 'option', option };
  const orElse = 'a Node runtime such as node@20.20.2, or an engine such as npm:undici@7.30.2';
  if (axis === null)
    throw failureAt(
      place,
      `${shown(name)} is neither a Node runtime nor an engine, and ${file} has no axis ${defaultCompareAxis} to choose from. Add the axis, name another one with --axis, or write ${orElse}.`,
    );
  const names = variants.map((candidate) => candidate.name);
  const near = nearest(name, names);
  throw failureAt(
    place,
    `${shown(name)} is neither a variant of the axis ${axis.name} nor a Node runtime or an engine. ${
      near === null
        ? `Choose one of ${names.join(', ')}, ${orElse}.`
        : `Did you mean ${shown(near)}?`
    }`,
  );
};

/** What is under test: where all that is written lies on one side, that side. @param written from `writtenBy` */
export const sideOf = (written: readonly string[]): Side => {
  const sections = new Set(written.map((setting) => setting.split('.')[0]));
  const [only] = sections;
  return sections.size === 1 && (only === 'client' || only === 'target') ? only : 'both';
};
