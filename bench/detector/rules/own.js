/**
 * The tool's rule for one comparison, and the same rule with one of its parts taken out. A rule's `decide` takes the
 * views of launches in order (launches.js) and says what is called: 'worse', 'better' or null; the relative change
 * that it estimates; and after how many launches.
 */
import { oneSampleT } from '../../../dist/stats/interval.js';
import { moments } from '../../../dist/stats/moments.js';
import { sequentialTest } from '../../../dist/stats/sequential.js';
import { trimmedMean } from '../../../dist/stats/trimmed.js';
import { called } from './called.js';
import { alpha, looks } from './defaults.js';
import { logChange } from '../data/launches.js';

const most = looks.at(-1);

/** The looks so far at launch n of the default schedule; the last planned one may spend all that is left. */
const taken = (index) => ({
  launches: looks.slice(0, index + 1),
  most,
  final: index === looks.length - 1,
});

/** Spends alpha over the looks as the tool does, or tests at all of alpha each time. */
const spending = (ps, index) => sequentialTest(taken(index)).repeatedP(ps);
const notSpending = (ps) => ps.at(-1);

/**
 * A t test of the observations that the first launches give, at each look until it proves a change.
 * @param observations from a view to one number or several
 */
const atLooks =
  (observations, pOf = spending) =>
  (views) => {
    const due = looks.filter((n) => n <= views.length);
    const ps = [];
    for (const [index, n] of due.entries()) {
      const seen = views.slice(0, n).flatMap(observations);
      ps.push(oneSampleT(seen).p);
      const proven = pOf(ps, index) < alpha;
      if (proven || index === due.length - 1) {
        return called(proven, Math.expm1(moments(seen).mean), n);
      }
    }
    return called(false, 0, views.length);
  };

/** One test of all launches that there are. */
const once = (observations) => (views) => {
  const seen = views.flatMap(observations);
  return called(oneSampleT(seen).p < alpha, Math.expm1(moments(seen).mean), views.length);
};

const ours = { kind: 'bench', own: 'interleaved', launches: most };
const ablation = { ...ours, kind: 'ablation' };
const sliced = { ...ablation, sliced: true };

export const ownRules = [
  {
    ...ours,
    name: `bench: looks at ${looks.join(', ')}`,
    short: 'bench',
    looking: true,
    decide: atLooks(logChange),
    grows: true,
  },
  {
    ...ours,
    name: `bench: one look at ${most}`,
    short: 'bench, one look',
    decide: once(logChange),
    grows: true,
  },
  {
    ...ablation,
    name: 'looks without spending',
    short: 'no spending',
    decide: atLooks(logChange, notSpending),
  },
  {
    ...ablation,
    own: 'runs in turn',
    name: 'arms in sequence within each launch',
    short: 'not interleaved',
    looking: true,
    onlyOwn: true,
    decide: atLooks(logChange),
    grows: true,
  },
  {
    ...sliced,
    name: 'pairs of slices as observations',
    short: 'slices',
    decide: atLooks(({ pairs }) => pairs),
  },
  {
    ...sliced,
    name: 'blocks as observations',
    short: 'blocks',
    looking: true,
    decide: atLooks(({ blocks }) => blocks),
    grows: true,
  },
  {
    ...sliced,
    launches: 1,
    name: 'blocks of one launch as observations',
    short: 'blocks of one launch',
    decide: once(({ blocks }) => blocks),
  },
  {
    ...sliced,
    name: 'trimmed block means instead of totals',
    short: 'trimmed',
    decide: atLooks(({ blocks }) => trimmedMean(blocks)),
  },
  {
    ...sliced,
    name: 'fixed order, as ABAB: an eighth of the slices',
    short: 'fixed order',
    // A launch of few blocks may hold no such slices.
    decide: atLooks(({ fixed }) => (Number.isNaN(fixed) ? [] : [fixed])),
  },
];
