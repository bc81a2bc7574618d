import type { Unit } from '../../model/causes.ts';
import type { HeaderRow } from '../../model/journal.ts';
import { type ByRole, type Cell, type Role, roles } from '../../model/plan.ts';
import { trimmedMean } from '../../stats/trimmed.ts';
import { type ArmTotals, metricOf } from '../arm-totals.ts';
import {
  areEnough,
  type ComparedCell,
  cpuMetric,
  type Samples,
  samplesOf,
} from './compared-cells.ts';
import { allUnits, countedUnits, sameUnit } from './units.ts';

/** A cell as the prices see it. */
export interface PricedInput {
  readonly cell: ComparedCell;
  /** µs of CPU per request, by launch. */
  readonly cpu: Samples;
  /**
   * Over launches, trimmed: what a bad minute of the machine adds falls out of the ratio of two arms that shared it, but here
   * cells are compared, each of which had minutes of its own.
   */
  readonly measured: ByRole<number>;
  /** For each request, one for each of `allUnits`. */
  readonly perRequest: ByRole<readonly number[]>;
}

interface PricedInputs {
  readonly inputs: readonly PricedInput[];
  readonly excluded: readonly { readonly cell: string; readonly reason: string }[];
}

export type Trusted = HeaderRow['trusted'];

/**
 * Cells whose CPU the same prices can explain. They may differ in how connections are used and in the size of bodies, because that is
 * what is counted; what else differs (another engine, a slower answer, more workers) changes the prices themselves.
 */
export function pricedInputs(
  cells: readonly ComparedCell[],
  side: 'client' | 'target',
  trusted: Trusted,
): PricedInputs {
  const usual = mostFrequent(cells.map(({ cell }) => otherSettings(cell)));
  const excluded: { cell: string; reason: string }[] = [];
  const inputs = cells.flatMap((cell): PricedInput[] => {
    const found = pricedInput(cell, side, trusted, usual);
    if (typeof found !== 'string') return [found];
    excluded.push({ cell: cell.cell.id, reason: found });
    return [];
  });
  return { inputs, excluded };
}

/** @returns why not, in words. */
function pricedInput(
  compared: ComparedCell,
  side: 'client' | 'target',
  trusted: Trusted,
  usual: string,
): PricedInput | string {
  const { cell, invalid } = compared;
  if (invalid !== null) return 'it is invalid';
  if (cell.arms.candidate.scenario.load.model !== 'closed')
    return 'its load is paced, and CPU per request depends on load';
  if (otherSettings(cell) !== usual)
    return 'it differs from most cells in more than its connections and the size of its bodies';
  const cpu = samplesOf(compared, (arm) => metricOf(cpuMetric[side], arm));
  if (!areEnough(cpu)) return `the CPU of the ${side} was read in fewer than two launches`;
  const perRequest = { baseline: [] as number[], candidate: [] as number[] };
  for (const role of roles) {
    for (const unit of allUnits) {
      const samples = samplesOf(compared, (arm) =>
        perRequestOf(unit, arm, cell, role, side, trusted),
      );
      if (!areEnough(samples)) return `the ${side} does not count what it does`;
      perRequest[role].push(mean(samples[role]));
    }
  }
  return {
    cell: compared,
    cpu,
    measured: { baseline: trimmedMean(cpu.baseline), candidate: trimmedMean(cpu.candidate) },
    perRequest,
  };
}

function perRequestOf(
  unit: Unit,
  arm: ArmTotals,
  cell: Cell,
  role: Role,
  side: 'client' | 'target',
  trusted: Trusted,
): number | null {
  const certificates = trusted[cell.id]?.[role] ?? null;
  const counted = countedUnits(arm, cell.arms[role], side, certificates);
  if (counted === null) return null;
  return counted.find((known) => sameUnit(known.unit, unit))?.perRequest ?? 0;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** All settings of both arms but those whose work is counted. */
const otherSettings = ({ arms }: Cell): string =>
  JSON.stringify(
    roles.map((role) => {
      const { scenario, target, client } = arms[role];
      return {
        scenario: {
          ...scenario,
          requests: scenario.requests.map(({ method, path }) => ({ method, path })),
        },
        target: target.kind === 'builtin' ? { ...target, bodyBytes: null } : target,
        client,
      };
    }),
  );

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}
