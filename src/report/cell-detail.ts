import { metrics } from '../model/metrics.ts';
import type {
  Bottleneck,
  CellReport,
  Clause,
  Comparison,
  Pace,
  WorkerFigures,
} from '../model/report.ts';
import { count } from '../model/units.ts';
import { changeWords, detectableWords, verdictIn } from './change.ts';
import { disturbanceWords, rejectionWords } from './disturbance-words.ts';
import { glyph } from './glyph.ts';
import { limitWords } from './limit-words.ts';
import { networkView } from './network.ts';
import {
  formatLevel,
  formatP,
  formatRange,
  formatScaled,
  formatShare,
  noNumber,
  scaleFor,
} from './number.ts';
import { visible } from './visible.ts';
import { warningViews } from './warning-views.ts';
import { imbalanceWords, workerPairs } from './worker-pairs.ts';
import { workerCharts } from './workers.ts';

/** What the template of a cell's details is given. Every field is there: the template is strict. */
export const cellDetail = (cell: CellReport, anchor: string) => ({
  anchor,
  name: visible(cell.id),
  verdict: cell.verdict,
  glyph: glyph(cell.verdict),
  reason: cell.reason === null ? null : visible(cell.reason),
  launches: launchWords(cell),
  comparisons: cell.metrics.map((comparison) => comparisonRow(cell, comparison)),
  limits: cell.limits.map(limitWords),
  charts: workerCharts(cell, anchor),
  workers: workerPairs(cell).flatMap(({ worker, baseline, candidate }) => [
    ...(baseline === null ? [] : [workerRow(worker, 'baseline', baseline, candidate)]),
    ...(candidate === null ? [] : [workerRow(worker, 'candidate', candidate, baseline)]),
  ]),
  imbalance: imbalanceWords(cell),
  isShared: cell.clients === 'shared',
  isKept: cell.contract.ok,
  isDoubtful: cell.contract.clauses.some(({ state }) => state !== 'proven'),
  clauseCount: clauseCount(cell.contract.clauses),
  clauses: byGravity(cell.contract.clauses).map(({ clause, state, expected, observed }) => ({
    clause: visible(clause),
    state,
    expected: visible(expected),
    observed: visible(observed),
  })),
  bottleneck: {
    baseline: bottleneckWords[cell.bottleneck.baseline],
    candidate: bottleneckWords[cell.bottleneck.candidate],
  },
  pace: cell.pace === null ? null : paceWords(cell.pace),
  disturbance: {
    blocks: disturbanceWords(cell.disturbance),
    rejected: rejectionWords(cell.disturbance),
  },
  network: networkView(cell),
  warnings: warningViews(cell.warnings),
});

function launchWords({ launches, baselineLaunches, voidLaunches, onePair }: CellReport): string {
  const same = onePair ? ' of the same workers' : '';
  const counted =
    launches === baselineLaunches
      ? `${count(launches, 'launch', 'launches')}${same} counted`
      : `${baselineLaunches} launches of the baseline and ${launches} of the candidate counted`;
  return voidLaunches === 0 ? counted : `${counted}, ${voidLaunches} failed`;
}

/** `139 requests per second intended, 14 users; the baseline carried 185 under closed load`. */
function paceWords({ intendedRate, users, capacity }: Pace): string {
  const whole = (n: number): string => Math.round(n).toLocaleString('en');
  const sent = `${whole(intendedRate)} requests per second intended`;
  const by = users === null ? '' : `, ${count(users, 'user')}`;
  const of = capacity === null ? '' : `; the baseline carried ${whole(capacity)} under closed load`;
  return `${sent}${by}${of}`;
}

const gravity = ['broken', 'unproven', 'proven'] as const;

const byGravity = (clauses: readonly Clause[]): readonly Clause[] =>
  gravity.flatMap((state) => clauses.filter((clause) => clause.state === state));

/** `1 broken, 16 proven`. */
const clauseCount = (clauses: readonly Clause[]): string =>
  gravity
    .map((state) => ({ state, n: clauses.filter((clause) => clause.state === state).length }))
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => `${n} ${state}`)
    .join(', ');

const bottleneckWords: Readonly<Record<Bottleneck, string>> = {
  client: 'the client: its cores were at least 90 % busy',
  target: 'the target: its cores were at least 90 % busy',
  both: 'client and target: the cores of both were at least 90 % busy',
  neither: 'neither: no core was 90 % busy',
  unknown: 'unknown',
};

function comparisonRow(cell: CellReport, comparison: Comparison) {
  const { metric, unit, baseline, candidate, change, gating, margin } = comparison;
  const verdict = verdictIn(cell, comparison);
  const isCompared = verdict !== 'invalid';
  const scale = scaleFor(unit, [baseline, candidate]);
  return {
    metric: metrics[metric].label,
    better: comparison.better,
    gating,
    baseline: formatScaled(baseline, scale),
    candidate: formatScaled(candidate, scale),
    ...changeWords(cell, comparison),
    level: isCompared && change !== null ? formatLevel(change.level) : noNumber,
    margin: formatShare(margin),
    detectable: detectableWords(cell, comparison) ?? noNumber,
    p: formatP(isCompared ? comparison.p : null),
    adjustedP: formatP(isCompared ? comparison.adjustedP : null),
    signFlipP: formatP(isCompared ? comparison.signFlipP : null),
    equivalenceP: formatP(isCompared ? comparison.equivalenceP : null),
    verdict,
    glyph: glyph(verdict),
  };
}

/** @param other the same worker of the other arm: both are shown with one prefix. */
function workerRow(
  worker: number,
  role: 'baseline' | 'candidate',
  own: WorkerFigures,
  other: WorkerFigures | null,
) {
  const rate = scaleFor('1/s', [own.rps, other?.rps ?? null]);
  const cost = scaleFor('µs', [own.cpuPerRequest, other?.cpuPerRequest ?? null]);
  const load = scaleFor('fraction', [own.cpuUtilisation]);
  return {
    worker,
    role,
    rps: formatScaled(own.rps, rate),
    rpsRange: formatRange(...own.rpsRange, rate),
    cpu: formatScaled(own.cpuUtilisation, load),
    cpuRange: formatRange(...own.cpuUtilisationRange, load),
    cost: formatScaled(own.cpuPerRequest, cost),
    costRange: formatRange(...own.cpuPerRequestRange, cost),
  };
}
