import { metrics } from '../../model/metrics.ts';
import type { Bottleneck, CellReport, Clause, Comparison, Pace } from '../../model/report.ts';
import { count } from '../../model/units.ts';
import { changeWords, detectableWords, primaryOf, verdictIn } from '../change.ts';
import { disturbanceWords, rejectionWords } from '../disturbance-words.ts';
import { glyph } from '../glyph.ts';
import { limitWords } from '../limit-words.ts';
import { formatLevel, formatP, formatScaled, formatShare, noNumber, scaleFor } from '../number.ts';
import { visible } from '../visible.ts';
import { warningViews } from '../warning-views.ts';
import { anchorOf, cellName } from './anchors.ts';
import { courseViews } from './course.ts';
import { noteOf } from './heatmap.ts';
import { latencyView } from './latency.ts';
import { networkView } from './network.ts';
import { profileViews } from './profile.ts';
import { workersView } from './workers.ts';

/** How much is said of a cell: all, or, where there are many, what a reader needs first, or the comparisons alone. */
export type Depth = 'all' | 'first' | 'least';

const mostPoints: Readonly<Record<Depth, number>> = { all: 120, first: 16, least: 1 };

/** What the template of a cell's details is given. Every field is there: the template is strict. */
export const cellDetail = (
  cell: CellReport,
  { index, rank, isOpen, depth }: { index: number; rank: number; isOpen: boolean; depth: Depth },
) => ({
  ...{
    anchor: anchorOf(index),
    index,
    rank,
    isOpen,
    isWhole: depth === 'all',
    isLeast: depth === 'least',
  },
  name: visible(cell.id),
  title: cellName(cell.id),
  verdict: cell.verdict,
  glyph: glyph(cell.verdict),
  ...primaryWords(cell),
  note: noteOf(cell),
  reason: cell.reason === null ? null : visible(cell.reason),
  launches: launchWords(cell),
  comparisons: cell.metrics.map((comparison) => comparisonRow(cell, comparison)),
  limits: cell.limits.map(limitWords),
  latency: latencyView(cell),
  courses: courseViews(cell, mostPoints[depth], depth === 'all'),
  workers: workersView(cell),
  profiles: profileViews(cell),
  isKept: cell.contract.ok,
  isDoubtful: cell.contract.clauses.some(({ state }) => state !== 'proven'),
  clauseCount: clauseCount(cell.contract.clauses),
  clauses: byGravity(cell.contract.clauses)
    .filter(({ state }) => depth === 'all' || state !== 'proven')
    .map(({ clause, state, expected, observed }) => ({
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
  network: depth === 'all' ? networkView(cell) : null,
  warnings: warningViews(cell.warnings),
});

/** What stands beside the name of a cell that is closed. */
function primaryWords(cell: CellReport) {
  const primary = primaryOf(cell);
  return {
    metric: metrics[cell.primary].label,
    ...(primary === null ? { estimate: noNumber, interval: '' } : changeWords(cell, primary)),
  };
}

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
    isLower: comparison.better === 'lower',
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
