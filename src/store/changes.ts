import { type KeyPath, keyPath } from '../matrix/place.ts';
import { shown } from '../matrix/wording.ts';
import { type Machine, machineDifferences, type SubjectFingerprint } from '../model/fingerprint.ts';
import { type ByRole, type Plan, roles } from '../model/plan.ts';

/** The first setting in which a plan is another than before: `cell all: arms.baseline.client.workers was 1 and is 2`; or null. */
export function planChange(was: Plan, is: Plan): string | null {
  const { cells: cellsWere, ...restWas } = was;
  const { cells: cellsAre, ...restIs } = is;
  const ids = (cells: Plan['cells']): string => cells.map(({ id }) => id).join(' ');
  const cells = change('the list of cells', ids(cellsWere), ids(cellsAre));
  if (cells !== null) return cells;
  for (const [index, cell] of cellsWere.entries()) {
    const found = firstChange(cell, cellsAre[index]);
    if (found !== null) return `cell ${cell.id}: ${found}`;
  }
  return firstChange(restWas, restIs);
}

/** The first thing in which the machine is another; or null. */
export function machineChange(was: Machine, is: Machine): string | null {
  const [first] = machineDifferences(was, is);
  return first === undefined ? null : `${change(first, was[first], is[first])} on this machine`;
}

type Fingerprints = Readonly<Record<string, ByRole<SubjectFingerprint>>>;

/** The first thing in which an arm runs on something else: `node of candidate was 20.20.2 and is 20.20.3 in cell all`; or null. */
export function fingerprintChange(was: Fingerprints, is: Fingerprints): string | null {
  for (const [cell, arms] of Object.entries(was)) {
    for (const role of roles) {
      const now = is[cell]?.[role] ?? {};
      for (const key of new Set([...Object.keys(arms[role]), ...Object.keys(now)])) {
        const found = change(`${key} of ${role}`, arms[role][key], now[key]);
        if (found !== null) return `${found} in cell ${cell}`;
      }
    }
  }
  return null;
}

/** Of two values of JSON, in depth. */
function firstChange(was: unknown, is: unknown, path: KeyPath = []): string | null {
  if (!isBranch(was) || !isBranch(is)) return change(keyPath(path), was, is);
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const step = Array.isArray(was) ? Number(key) : key;
    const found = firstChange(was[key], is[key], [...path, step]);
    if (found !== null) return found;
  }
  return null;
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const change = (what: string, was: unknown, is: unknown): string | null =>
  was === is ? null : `${what} was ${said(was)} and is ${said(is)}`;

/** Names and versions are read more easily without quotes. */
const said = (value: unknown): string =>
  typeof value === 'string' && /^[\w.:=,@+/ -]{1,60}$/.test(value) ? value : shown(value);
