/** From lines of data to what the rules see: one metric of each launch, from either side. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { slicesOf } from './line.js';

/** `at` is the place of the cost in `[requests, client CPU, target CPU, wall]`; margins are the tool's defaults. */
export const metrics = [
  { name: 'client CPU per request', short: 'client CPU', at: 1, margin: 0.02, gates: true },
  { name: 'target CPU per request', short: 'target CPU', at: 2, margin: 0.02, gates: false },
  { name: 'time per request (1 ÷ RPS)', short: 'RPS', at: 3, margin: 0.03, gates: true },
];

/** @returns {{ lines: object[], sources: { file: string, sha256: string }[] }} files may be gzipped. */
export function readLines(files) {
  const read = files.map((file) => {
    const raw = readFileSync(file);
    const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString().trim();
    const lines = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
    return { lines, source: { file, sha256: createHash('sha256').update(raw).digest('hex') } };
  });
  return {
    lines: read.flatMap(({ lines }) => lines),
    sources: read.map(({ source }) => source),
  };
}

/**
 * A launch as measured and with its arms swapped: `views[0]` and `views[1]`. A view has for arms a and b the cost and the
 * work in all, whose ratio is the metric (smaller is better), and, where slices were kept:
 *
 *     a.samples, b.samples   cost ÷ work of each slice, in order
 *     pairs                  ln(b ÷ a) of neighbours: the first and the last two slices of each block
 *     blocks                 ln(b ÷ a) of each block, by totals
 *     fixed                  ln(b ÷ a) of the launch by slices as if the order were always ABAB: what follows the same arm is
 *                            left out, because it is cheaper, and so are pairs b, a
 */
export function viewedLaunch(line, { at }) {
  const seconds = (line.endedMs - line.startedMs) / 1000;
  const slices = slicesOf(line)?.map(({ arm, spent }) => ({
    arm,
    cost: spent[at],
    work: spent[0],
  }));
  const interleaved = line.order === 'interleaved';
  const view = (a, b) => {
    const [first, second] = [a, b].map((arm) => line.totals[arm === 'a' ? 0 : 1]);
    const totals = (spent) => ({ cost: spent[at], work: spent[0] });
    const whole = { a: totals(first), b: totals(second), seconds };
    if (slices === undefined) return whole;
    const samples = (arm) => slices.filter((slice) => slice.arm === arm).map(rateOf);
    const sliced = {
      a: { ...whole.a, samples: samples(a) },
      b: { ...whole.b, samples: samples(b) },
      seconds,
    };
    return interleaved ? { ...sliced, ...blockwise(slices, a, b) } : sliced;
  };
  return { line, views: [view('a', 'b'), view('b', 'a')] };
}

const rateOf = ({ cost, work }) => cost / work;

function blockwise(slices, a, b) {
  const pairs = [];
  const blocks = [];
  for (let i = 0; i + 3 < slices.length; i += 4) {
    const block = slices.slice(i, i + 4);
    blocks.push(changeOver(block, a, b));
    for (const pair of [block.slice(0, 2), block.slice(2)]) pairs.push(changeOver(pair, a, b));
  }
  return { pairs, blocks, fixed: changeOver(alternating(slices, a), a, b) };
}

/** Pairs a, b of which the first follows b: each slice then follows one of the other arm, as in ABAB … */
const alternating = (slices, a) =>
  slices.flatMap((slice, i) => {
    const [before, after] = [slices[i - 1], slices[i + 1]];
    const fits = slice.arm === a && before?.arm !== a && after?.arm !== a;
    return fits && before !== undefined && after !== undefined ? [slice, after] : [];
  });

/** ln(b ÷ a) of the ratios of totals. */
function changeOver(slices, a, b) {
  const total = (arm, of) =>
    slices.reduce((sum, slice) => (slice.arm === arm ? sum + slice[of] : sum), 0);
  return Math.log(total(b, 'cost') / total(b, 'work') / (total(a, 'cost') / total(a, 'work')));
}

/** The view of a candidate whose cost is multiplied by 1 + effect. @param sliced whether slices are looked at. */
export function withEffect(view, effect, sliced) {
  if (effect === 0) return view;
  const factor = 1 + effect;
  const cost = view.b.cost * factor;
  if (!sliced) return { a: view.a, b: { cost, work: view.b.work }, seconds: view.seconds };
  const shift = Math.log(factor);
  const shifted = (values) => values?.map((value) => value + shift);
  return {
    ...view,
    b: { ...view.b, cost, samples: view.b.samples.map((value) => value * factor) },
    pairs: shifted(view.pairs),
    blocks: shifted(view.blocks),
    fixed: view.fixed === undefined ? undefined : view.fixed + shift,
  };
}

/** ln(b ÷ a) of a launch by totals: what the tool takes for one observation. */
export const logChange = ({ a, b }) => Math.log(b.cost / b.work / (a.cost / a.work));
