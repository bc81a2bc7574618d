import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../src/model/fingerprint.ts';
import { fingerprintChange, machineChange, planChange } from '../../../src/store/changes.ts';
import { axes, plan } from '../../fixtures/matrix/planned.ts';

const tls = '{ none: {connection: {tls: none}}, "1.3": {connection: {tls: "1.3"}} }';
const matrix = axes(` tls: ${tls}`);
const was = plan(matrix);

describe('what changed in a plan', () => {
  it('is nothing where the same text is read again', () => {
    expect(planChange(was, plan(matrix))).toBeNull();
    expect(planChange(was, JSON.parse(JSON.stringify(was)))).toBeNull();
  });

  it.each([
    [
      'a setting',
      `${matrix}client: {workers: 2}`,
      'cell tls=none: arms.baseline.client.workers was 1 and is 2',
    ],
    [
      'a subject',
      matrix.replace('node@20', 'node@22'),
      'cell tls=none: arms.candidate.client.runtime.version was 20 and is 22',
    ],
    [
      'a variant that is gone',
      `${matrix}exclude: [{tls: none}]`,
      'the list of cells was tls=none tls=1.3 and is tls=1.3',
    ],
    ['the gate', `${matrix}gate: {sensitivity: 9%}`, 'gate.sensitivity was 0.05 and is 0.09'],
    [
      'a request',
      `${matrix}scenario: {requests: [{path: /, body: "a\\nb"}]}`,
      'requests[0].body was nothing and is "a\\nb"',
    ],
  ])('is named: %s', (_what, text, words) => {
    expect(planChange(was, plan(text))).toContain(words);
  });
});

const machine: Machine = {
  ...{ os: 'linux', kernel: '6.1', arch: 'x64', cpu: 'EPYC', cores: 2, memoryBytes: 8e9 },
  ...{ node: '20.20.2', governor: null, virtualisation: null },
};

describe('what changed in a machine', () => {
  it('is not the memory that the kernel kept for itself', () => {
    expect(machineChange(machine, { ...machine, memoryBytes: 8e9 - 4096 * 100 })).toBeNull();
    expect(machineChange(machine, { ...machine, memoryBytes: 4e9 })).toBe(
      'memoryBytes was 8000000000 and is 4000000000 on this machine',
    );
  });

  it('is named', () => {
    expect(machineChange(machine, { ...machine, governor: 'powersave' })).toBe(
      'governor was nothing and is powersave on this machine',
    );
  });
});

describe('what changed in an arm', () => {
  const arms = { baseline: { node: '16.20.2' }, candidate: { node: '20.20.2' } };
  it('is named with role and cell', () => {
    expect(fingerprintChange({ all: arms }, { all: arms })).toBeNull();
    expect(
      fingerprintChange({ all: arms }, { all: { ...arms, candidate: { node: '20.20.3' } } }),
    ).toBe('node of candidate was 20.20.2 and is 20.20.3 in cell all');
    expect(
      fingerprintChange(
        { all: arms },
        { all: { ...arms, baseline: { ...arms.baseline, undici: '7.30.2' } } },
      ),
    ).toBe('undici of baseline was nothing and is 7.30.2 in cell all');
  });
});
