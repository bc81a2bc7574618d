import path from 'node:path';
import type { ByRole, Cell, Clients, Role } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import type { Variables } from '../model/variables.ts';
import type { Combination } from './cells.ts';
import { type Complaint, check } from './complaint.ts';
import { refuseIdleSettings } from './effects.ts';
import { find, type Located, type LocatedMapping } from './located.ts';
import { overlaid } from './overlay.ts';
import { failureAt, keyPath, type Place } from './place.ts';
import type { Subject } from './roles.ts';
import { pathsFrom, withPaths } from './runtime.ts';
import { settingsSchema } from './settings-schema.ts';
import { refuseUnfitVariables } from './variables.ts';

const sections: readonly string[] = ['scenario', 'target', 'client', 'connection'];

/** What the file says outside its axes. */
export const baseOf = (root: LocatedMapping): LocatedMapping => ({
  ...root,
  entries: new Map([...root.entries].filter(([key]) => sections.includes(key))),
});

const position = (place: Place): string => {
  if (place.kind === 'option') return place.option;
  const line = place.kind === 'file' ? `${place.line}:${place.column}:` : '';
  return line + keyPath(place.path);
};

const same = (a: Complaint, b: Complaint): boolean =>
  a.message === b.message && position(a.place) === position(b.place);

/** Paths of the file are relative to its folder; those of the command line stay as they were typed. */
const resolver = (tree: Located, setting: readonly string[], folder: string) =>
  isTyped(tree, setting) ? (given: string) => given : pathsFrom(folder);

const isTyped = (tree: Located, setting: readonly string[]): boolean =>
  find(tree, setting)?.place.kind === 'option';

const settingsOf = (
  cell: Combination,
  base: Located,
  subject: Subject,
  folder: string,
  variables: Variables,
): Settings => {
  const overlays = [subject, ...cell.variants].map(({ overlay }) => overlay);
  const tree = overlays.reduce<Located>((under, top) => overlaid(under, top), base);
  const checked = check(settingsSchema, tree);
  if (!checked.ok) {
    const { complaint } = checked;
    const alone = check(settingsSchema, base);
    const everywhere = !alone.ok && same(alone.complaint, complaint);
    throw failureAt(
      complaint.place,
      everywhere ? complaint.message : `in the cell ${cell.id}: ${complaint.message}`,
    );
  }
  refuseIdleSettings(cell, tree, checked.value);
  refuseUnfitVariables(tree, variables);
  return withPaths(checked.value, {
    runtime: resolver(tree, ['client', 'runtime'], folder),
    targetRuntime: resolver(tree, ['target', 'runtime'], folder),
    ca: resolver(tree, ['connection', 'ca', 'file'], folder),
    file: resolver(tree, ['client', 'file'], folder),
    folder: (given) =>
      path.isAbsolute(given) || isTyped(tree, ['target', 'folder'])
        ? path.normalize(given)
        : path.join(folder, given),
  });
};

/**
 * Merged first and validated after: the base, then what is compared, then the other axes in the order
 * of the file.
 * @throws BenchFailure `configuration` for settings that do not fit together.
 */
export const cellOf = (
  combination: Combination,
  base: Located,
  subjects: ByRole<Subject>,
  folder: string,
  variables: Variables,
  clientsOf: (arms: ByRole<Settings>) => Clients,
): Cell => {
  const arm = (role: Role) => settingsOf(combination, base, subjects[role], folder, variables);
  const arms = { baseline: arm('baseline'), candidate: arm('candidate') };
  const variants = Object.fromEntries(combination.calledBy);
  const candidate = subjects.candidate.name;
  return { id: combination.id, variants, candidate, arms, clients: clientsOf(arms) };
};
