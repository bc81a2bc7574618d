import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { plannedCost } from '../../../src/matrix/budget.ts';
import { ids, plan, shipped } from '../../fixtures/matrix/planned.ts';
import nodes from '../../support/nodes.json' with { type: 'json' };

const cells = [
  'tls=none,reuse=keep-alive',
  'tls=none,reuse=close',
  'tls=1.3,reuse=keep-alive',
  'tls=1.3,reuse=close',
  'tls=1.3,reuse=close-new-context',
];

test.each(['incident.yaml', 'smoke.yaml'])('%s plans to the cells of the incident', (name) => {
  const of = plan(shipped(name), {}, name);
  expect(ids(of)).toEqual(cells);
  expect(of.axes).toEqual([
    { name: 'tls', variants: ['none', '1.3'] },
    { name: 'reuse', variants: ['keep-alive', 'close', 'close-new-context'] },
  ]);
  expect(of.compare).toEqual({
    ...{ kind: 'paired', axis: 'version', side: 'client', written: ['client.runtime'] },
    ...{ baseline: 'v1', candidates: ['v2'] },
  });
  for (const { arms } of of.cells) {
    expect(arms.baseline.client.runtime).toEqual({ kind: 'npm', version: '16.20.2' });
    expect(arms.candidate.client.runtime).toEqual({ kind: 'npm', version: '20.20.2' });
    expect({ ...arms.candidate, client: null }).toEqual({ ...arms.baseline, client: null });
  }
  expect(of.cells.at(-1)?.arms.baseline.connection).toEqual({
    tls: '1.3',
    reuse: { kind: 'close' },
    session: 'none',
    context: 'per-connection',
    ca: { kind: 'bundle' },
    dns: { kind: 'literal' },
  });
});

test('the incident takes three minutes', () => {
  const of = plan(shipped('incident.yaml'));
  expect(of.measure).toEqual({
    looks: [6, 8, 10, 12, 16],
    budgetMs: 180_000,
    sliceTimeMs: 3000,
    warmupMs: 4000,
  });
  expect(of.gate.sensitivity).toBe(0.05);
  expect(plannedCost(of).ms).toEqual({ least: 178_800, most: 180_000 });
});

test('the smoke run is short and is not refused for what it cannot see', () => {
  const of = plan(shipped('smoke.yaml'));
  expect(of.measure).toEqual({ looks: [3], budgetMs: null, sliceTimeMs: 500, warmupMs: 200 });
  expect(of.gate.sensitivity).toBe(1);
  expect(plannedCost(of).ms.most).toBeLessThan(20_000);
});

test('the incident as JSON is the same plan', () => {
  const text = shipped('incident.yaml');
  expect(plan(JSON.stringify(parse(text), null, '\t'))).toEqual(plan(text));
});

test('look-ups are compared where connections are opened, and with none', () => {
  const of = plan(shipped('dns.yaml'));
  expect(of.cells.map(({ id, arms }) => [id, arms.candidate.connection.dns])).toEqual([
    ['reuse=keep-alive,dns=literal', { kind: 'literal' }],
    ['reuse=close,dns=literal', { kind: 'literal' }],
    ['reuse=close,dns=cached', { kind: 'cached', delayMs: 0 }],
    ['reuse=close,dns=per-connection', { kind: 'per-connection', delayMs: 0 }],
    ['reuse=close,dns=slow', { kind: 'per-connection', delayMs: 5 }],
  ]);
  for (const { arms } of of.cells) {
    expect(arms.baseline.client.runtime).toEqual({ kind: 'npm', version: '16.20.2' });
    expect({ ...arms.candidate, client: null }).toEqual({ ...arms.baseline, client: null });
  }
});

const modes = (of: ReturnType<typeof plan>) => [
  ...new Set(
    of.cells.map(({ variants: { version: _, ...rest } }) => Object.values(rest).join(' ')),
  ),
];

test('all Nodes are compared with the oldest in every mode of the incident', () => {
  const of = plan(
    shipped('node-runtimes.yaml'),
    { baseline: '16', candidate: '18,20,22,24,26' },
    'node-runtimes.yaml',
  );
  expect(of.cells).toHaveLength(25);
  expect(modes(of)).toEqual(modes(plan(shipped('incident.yaml'))));
  expect(of.compare).toMatchObject({ side: 'client', written: ['client.runtime'] });
  const runtimes = of.cells.map(({ arms }) => arms.candidate.client.runtime);
  const tested: readonly string[] = [...nodes.bench, ...nodes.workers.flat()];
  for (const runtime of runtimes)
    expect(tested).toContain(runtime.kind === 'npm' ? runtime.version : 'none');
  expect(plannedCost(of).ms.least).toBeLessThan(plannedCost(of).ms.most);
});

test('releases of undici are compared on one Node that all of them run on', () => {
  const of = plan(
    shipped('undici-releases.yaml'),
    { baseline: '5', candidate: '6,7,8' },
    'undici-releases.yaml',
  );
  expect(of.cells).toHaveLength(15);
  expect(of.compare).toMatchObject({ side: 'client', written: ['client.engine'] });
  for (const { arms } of of.cells)
    expect(arms.candidate.client.runtime).toEqual(arms.baseline.client.runtime);
  expect(modes(of)).toEqual([
    'none keep-alive',
    'none close',
    '1.3 keep-alive',
    '1.3 close',
    '1.3 close-resumed',
  ]);
});
