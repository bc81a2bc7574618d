import { describe, expect, it } from 'vitest';
import {
  type KeptRun,
  planAgainst,
  planBetween,
  refuseOtherConditions,
} from '../../../src/campaign/unpaired.ts';
import type { AloneOptions } from '../../../src/model/origin.ts';
import { type JournalRow, journalSchemaVersion } from '../../../src/model/journal.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { redacted } from '../../../src/store/redact.ts';
import { alone as measuredAlone, axes } from '../../fixtures/matrix/planned.ts';
import { incidentReport, machine } from '../../support/report.ts';

const two = axes(' reuse: {a: {}, b: {connection: {reuse: close}}}');
const alone = (text: string, changed: Partial<AloneOptions> = {}): Plan =>
  measuredAlone(text, { launches: 5, ...changed });
const candidate = (text: string, changed: Partial<AloneOptions> = {}): Plan =>
  alone(text, { variant: 'v2', label: null, launches: null, ...changed });

const { tool } = incidentReport();
function kept(plan: Plan, rows: readonly JournalRow[] = []): KeptRun {
  const variant = plan.compare.candidates[0];
  const measuredAt = '2026-11-22T09:12:44.000Z';
  const header = {
    ...({ kind: 'header', schemaVersion: journalSchemaVersion, id: 'stored', tool } as const),
    ...{ createdAt: measuredAt, plan: redacted(plan), machine },
    ...{ origin: null, fingerprints: {}, trusted: {}, warnings: [] },
  };
  const stored = { label: plan.label ?? '', variant, run: 'stored', measuredAt };
  const rest = { rows: [header, ...rows], schemaVersion: journalSchemaVersion, wholeBytes: 0 };
  return { stored, journal: { header, ...rest } };
}
const users = (count: number): JournalRow[] => [
  { kind: 'capacity', cell: 'all', requestsPerSecond: 100, users: count },
];

describe('a variant that is measured against a stored run', () => {
  it('is measured as that one was', () => {
    const stored = kept(alone(`${two}measure: {sliceTime: 2s, warmup: 1s}`));
    const { compare, measure, cells, label } = planAgainst(candidate(two), stored);
    expect(measure).toEqual({ looks: [5], budgetMs: null, sliceTimeMs: 2000, warmupMs: 1000 });
    expect(label).toBeNull();
    expect(compare).toEqual({
      ...{ kind: 'unpaired', axis: 'version', side: 'client', written: ['client.runtime'] },
      ...{ baseline: 'run:before/v1', candidates: ['v2'] },
      stored: { baseline: stored.stored, candidate: null },
    });
    for (const { arms } of cells) expect(arms.baseline).toEqual(arms.candidate);
  });

  it('may take some of its cells, and no others', () => {
    const only = ['reuse=a'];
    const [cell, ...others] = planAgainst(candidate(two, { only }), kept(alone(two))).cells;
    expect([cell.id, others]).toEqual(['reuse=a', []]);
    expect(() => planAgainst(candidate(two), kept(alone(two, { only })))).toThrow(
      'run:before/v1 has no cell reuse=b. It has reuse=a: choose among them with --only',
    );
  });

  it.each([
    ['target.delay', ['target.delay=5ms']],
    ['scenario.load', ['scenario.load.connections=3']],
    ['client.requestTimeout', ['client.requestTimeout=3s']],
  ])('has the same %s', (setting, set) => {
    expect(() => planAgainst(candidate(two, { set }), kept(alone(two)))).toThrow(
      `--baseline run:before/v1: ${setting} in the cell reuse=a is not what v2 has`,
    );
    expect(planAgainst(candidate(two, { set }), kept(alone(two, { set }))).cells).toHaveLength(2);
  });

  it('may differ in what either of them writes', () => {
    const text = 'axes: {version: {v1: {}, v2: {target: {delay: 5ms}}}}';
    expect(planAgainst(candidate(text), kept(alone(text))).compare.side).toBe('target');
    expect(
      planAgainst(alone(text, { label: null }), kept(alone(text, { variant: 'v2' }))),
    ).toMatchObject({ compare: { side: 'target', candidates: ['v1'] } });
  });

  it('is not compared by an engine that is measured in another way', () => {
    const text = 'axes: {version: {v1: {}, v2: {client: {engine: wrk}}}}';
    expect(() => planAgainst(candidate(text), kept(alone(text)))).toThrow(
      'compares engine http with wrk',
    );
  });

  it('has the users of the stored run where they follow from what the baseline carries', () => {
    const text = `axes: {version: {v1: {}, v2: {client: {runtime: node@20}}}}
scenario: {load: {model: constant-throughput, users: 75%, perUser: 10}}`;
    const { cells } = planAgainst(candidate(text), kept(alone(text), users(14)));
    expect(cells[0].arms.candidate.scenario.load).toMatchObject({
      users: { kind: 'fixed', users: 14 },
    });
    const both = (b: number, c: number) =>
      planBetween(
        candidate(text),
        kept(alone(text), users(b)),
        kept(alone(text, { variant: 'v2', label: 'after' }), users(c)),
      );
    expect(both(14, 14).cells).toHaveLength(1);
    expect(() => both(14, 3)).toThrow('run:before/v1 was sent to by 14 users in the cell all');
  });
});

describe('two stored runs', () => {
  const after = alone(two, { variant: 'v2', label: 'after', launches: 9 });

  it('are judged by the gate of today, in the cells that are asked for', () => {
    const planned = candidate(two, { only: ['reuse=b'], margins: 'rps=9%', failOn: 'never' });
    const { compare, gate, measure, cells } = planBetween(planned, kept(alone(two)), kept(after));
    expect(compare).toMatchObject({ baseline: 'run:before/v1', candidates: ['run:after/v2'] });
    expect(gate.margins.rps).toBe(0.09);
    expect(measure.looks).toEqual([9]);
    expect(cells.map(({ id }) => id)).toEqual(['reuse=b']);
  });

  it('have launches of one kind', () => {
    const slower = kept(alone(`${two}measure: {warmup: 1s}`));
    expect(() => planBetween(candidate(two), slower, kept(after))).toThrow(
      '--baseline run:before/v1: measure.warmup is not what run:after/v2 has',
    );
  });
});

it('another machine is refused, unless it is asked for', () => {
  const run = kept(alone(two));
  const elsewhere = { tool, machine: { ...machine, kernel: '6.8.0', cores: 8 } };
  expect(() => refuseOtherConditions(run, elsewhere, false)).toThrow(
    'measured under other conditions: kernel 6.1.0-28-amd64 → 6.8.0, cores 4 → 8. Measure it again here (`bench run --label before --variant v1`)',
  );
  refuseOtherConditions(run, elsewhere, true);
  refuseOtherConditions(run, { tool, machine }, false);
});
