import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findLabelled,
  isSuperseded,
  requireLabel,
  runReference,
} from '../../../src/store/labels.ts';
import { journalFile, listRuns, writeSummary } from '../../../src/store/runs.ts';
import { freshFolder } from '../../support/bench.ts';

interface Kept {
  readonly id: string;
  readonly label: string | null;
  readonly variant: string;
  readonly matrix?: string;
  readonly state?: string;
}

function stored(...runs: readonly Kept[]): string {
  const root = freshFolder();
  for (const { id, label, variant, matrix = 'm', state = 'complete' } of runs) {
    const folder = path.join(root, id);
    mkdirSync(folder);
    writeFileSync(journalFile(folder), '');
    writeSummary(folder, {
      ...{ schemaVersion: 1, kind: 'measured', id, createdAt: '?', matrix, label },
      ...{ baseline: variant, candidate: variant, state, outcome: null },
    });
  }
  return root;
}

const found = (root: string, text: string): string => {
  const reference = runReference(text);
  if (reference === null) throw new Error(`${text} is no reference`);
  return findLabelled(root, 'm', reference, '--baseline').id;
};

describe('a reference to a stored run', () => {
  it('names a label, and a variant where it has to', () => {
    expect(runReference('v1')).toBeNull();
    expect(runReference('run:before')).toEqual({ label: 'before', variant: null });
    expect(runReference('run:before//opt/node')).toEqual({ label: 'before', variant: '/opt/node' });
  });

  it.each(['before', 'v1.2_3+4@5-6'])('may use the label %s', (label) => {
    expect(requireLabel(label)).toBe(label);
  });

  it.each(['', 'a/b', 'a b', 'a\n', 'x'.repeat(61)])('may not use %j', (label) => {
    expect(() => requireLabel(label)).toThrow('--label');
  });

  it('finds the newest complete run of this matrix', () => {
    const root = stored(
      { id: '1', label: 'before', variant: 'v1' },
      { id: '2', label: 'before', variant: 'v1' },
      { id: '3', label: 'before', variant: 'v1', state: 'interrupted' },
      { id: '4', label: 'before', variant: 'v1', matrix: 'other' },
      { id: '5', label: 'after', variant: 'v1' },
      { id: '6', label: null, variant: 'v1' },
    );
    expect(found(root, 'run:before')).toBe('2');
    expect(found(root, 'run:before/v1')).toBe('2');
    const runs = listRuns(root);
    const older = runs.filter((run) => isSuperseded(run, runs)).map(({ id }) => id);
    expect(older).toEqual(['1']);
  });

  it('has to say which of several variants', () => {
    const root = stored(
      { id: '1', label: 'before', variant: 'v1' },
      { id: '2', label: 'before', variant: 'v2' },
    );
    expect(found(root, 'run:before/v1')).toBe('1');
    expect(() => found(root, 'run:before')).toThrow(
      '--baseline: before holds several variants. Choose one of run:before/v1, run:before/v2.',
    );
    expect(() => found(root, 'run:before/v3')).toThrow(
      '"v3" is not kept as before. Choose one of run:before/v1, run:before/v2.',
    );
  });

  it('that names nothing gets the labels that there are', () => {
    const root = stored(
      { id: '1', label: 'before', variant: 'v1' },
      { id: '2', label: 'after', variant: 'v1' },
      { id: '3', label: 'elsewhere', variant: 'v1', matrix: 'other' },
    );
    expect(() => found(root, 'run:befor')).toThrow('as "befor". Choose one of after, before.');
    expect(() => found(stored(), 'run:main')).toThrow('`bench run --label main` keeps one.');
  });
});
