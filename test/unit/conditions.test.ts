import { describe, expect, it } from 'vitest';
import {
  type Conditions,
  conditionWords,
  differingConditions,
} from '../../src/analysis/conditions.ts';
import type { Machine } from '../../src/model/fingerprint.ts';
import { machine as environment, incidentReport } from '../support/report.ts';

const { tool } = incidentReport();
const here: Conditions = { machine: environment, tool };
const on = (machine: Partial<Machine>): Conditions => ({
  ...here,
  machine: { ...environment, ...machine },
});

describe('the conditions of two runs', () => {
  it('are the same on one machine', () => {
    expect(differingConditions(here, here)).toEqual([]);
    // From boot to boot the kernel keeps a little more or less for itself.
    const { memoryBytes } = environment;
    expect(differingConditions(here, on({ memoryBytes: memoryBytes * 1.01 }))).toEqual([]);
  });

  it.each<[string, Partial<Machine>]>([
    ['operating system', { os: 'darwin' }],
    ['kernel', { kernel: '6.8.0' }],
    ['architecture', { arch: 'arm64' }],
    ['processor', { cpu: 'another' }],
    ['cores', { cores: 8 }],
    ['memory', { memoryBytes: environment.memoryBytes * 2 }],
    ['Node of the harness', { node: '24.1.0' }],
    ['governor', { governor: 'powersave' }],
    ['virtualisation', { virtualisation: null }],
  ])('differ by %s', (key, machine) => {
    expect(differingConditions(here, on(machine)).map((found) => found.key)).toEqual([key]);
  });

  it('differ by the release of bench, whose worker is a part of the client', () => {
    const other = { ...here, tool: { ...tool, version: '9.0.0' } };
    expect(conditionWords(differingConditions(here, other))).toBe('bench 0.1.0 → 9.0.0');
  });
});
