/**
 * Trials: sets of launches, drawn from those that were measured, as one experiment would have had them.
 *
 * Launches of a cell are cut into stretches of 16, in the order of time; a run whose cell was decided early is
 * joined with what follows it. A trial draws a stretch and takes launches from any place on, going round.
 * In interleaved launches a coin decides for each which arm is the candidate: both arms were the same, and their
 * order was drawn. Arms that ran one after the other keep their order, or the drift that such tools suffer would
 * cancel.
 *
 * Trials of a stretch share launches, so stretches are what intervals are resampled by (shares.js).
 */
import { coin, randomFrom } from '../../../dist/stats/random.js';
import { looks } from '../rules/defaults.js';
import { viewedLaunch } from './launches.js';

/** How launches were collected: blocks of both arms, or one arm after the other. */
export const orders = ['interleaved', 'in-sequence'];

/** @returns {object[][]} stretches of launches of one cell, each at least `length` long. */
export function stretchesOf(lines, length) {
  const found = [];
  let current = [];
  for (const [index, line] of lines.entries()) {
    current.push(line);
    const more = leftInRun(lines, index);
    // A run that has room for another stretch is cut; what is left over at its end stays with its last one.
    if (current.length >= length && (more === 0 || more >= length)) {
      found.push(current);
      current = [];
    }
  }
  found.at(-1)?.push(...current);
  return found;
}

function leftInRun(lines, index) {
  let next = index + 1;
  while (lines[next]?.run === lines[index].run) next += 1;
  return next - index - 1;
}

/** @returns {string[]} the cells that have lines of an order, the one with the most launches first. */
export function cellsOf(lines, order) {
  const launches = new Map();
  for (const line of lines)
    if (line.order === order) launches.set(line.cell, (launches.get(line.cell) ?? 0) + 1);
  return [...launches.keys()].sort((a, b) => launches.get(b) - launches.get(a));
}

/** What trial `index` draws, whatever it draws from: the same numbers for all metrics and cells of a matrix. */
export function draw(index) {
  const random = randomFrom('trial', index);
  const [at, from] = [random(), random()];
  return { at, from, coins: Array.from({ length: 2 * looks.at(-1) }, () => coin(random)) };
}

/**
 * Whether and how a rule can be tried on launches that were collected in an order.
 * @returns {{ launches: number, arrange: (views: object[]) => object[] } | null}
 */
export function arrangement(rule, order, launches = rule.launches) {
  const asTheyAre = { launches, arrange: (views) => views };
  if (order === 'interleaved') return rule.onlyOwn ? null : asTheyAre;
  if (rule.own === 'interleaved') return null;
  return rule.own === 'runs in turn'
    ? asTheyAre
    : { launches: 2 * launches, arrange: oneAfterTheOther };
}

/** All runs of a, then all of b: arm a of the first half of the pairs beside arm b of the second. */
const oneAfterTheOther = (views) =>
  views.slice(0, views.length / 2).map(({ a, seconds }, i) => ({
    a,
    b: views[i + views.length / 2].b,
    seconds,
  }));

/** Draws trials for rules from the launches of one cell, seen by one metric. */
export class Source {
  constructor(lines, { cell, order, metric }) {
    this.order = order;
    this.lines = lines.filter((line) => line.cell === cell && line.order === order);
    this.metric = metric;
    this.known = new Map();
  }

  /**
   * A function from a draw to `{ cluster, views }`, and how many sets without a common launch there are; null where the
   * rule does not fit the order, or there are too few launches.
   */
  trialsFor(rule, launches = rule.launches) {
    const arranged = arrangement(rule, this.order, launches);
    if (arranged === null) return null;
    const interleaved = this.order === 'interleaved';
    const length = interleaved ? Math.max(looks.at(-1), arranged.launches) : arranged.launches;
    const stretches = this.stretches(rule.sliced === true, length);
    if (stretches.length === 0) return null;
    const apart = stretches.reduce((sum, of) => sum + Math.floor(of.length / arranged.launches), 0);
    const trial = ({ at, from, coins }) => {
      const cluster = Math.floor(at * stretches.length);
      const stretch = stretches[cluster];
      const first = Math.floor(from * stretch.length);
      const views = Array.from({ length: arranged.launches }, (_, i) => {
        const { views } = stretch[(first + i) % stretch.length];
        return views[interleaved && coins[i] ? 1 : 0];
      });
      return { cluster, views: arranged.arrange(views) };
    };
    return { trial, apart, clusters: stretches.length };
  }

  stretches(sliced, length) {
    const key = `${sliced} ${length}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const lines = sliced ? this.lines.filter(({ slices }) => slices !== undefined) : this.lines;
    const found = stretchesOf(lines, length).map((of) => of.map((line) => this.viewed(line)));
    this.known.set(key, found);
    return found;
  }

  viewed(line) {
    const known = this.known.get(line) ?? viewedLaunch(line, this.metric);
    this.known.set(line, known);
    return known;
  }
}
