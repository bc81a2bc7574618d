/**
 * Is the unit of work named that got dearer? Runs causes/planted.yaml once for each plant and seed, and looks whether the first
 * unit that the report names is the planted one. From the root of the repository:
 * `npm run build && node bench/self/planted-causes.js`, with `--seeds 10` and `--only handshake` (repeatable). Exit 0 where all are
 * named. About 40 s for each run; nothing else should run on the machine. The runs are kept in reports/planted-causes.
 */
import { parseArgs } from 'node:util';
import { compareOnce } from '../detector/compare-once.js';

/** The unit that the price list should charge. */
const plants = {
  handshake: 'handshakeFull',
  'look-up': 'lookup',
  parse: 'request',
  allocation: 'request',
};

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    only: { type: 'string', multiple: true, default: Object.keys(plants) },
  },
});

console.log(
  '| planted in | unit named first | share of the slowdown | price, baseline → candidate |',
);
console.log('|---|---|---|---|');
const named = Object.fromEntries(values.only.map((plant) => [plant, 0]));
for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
  for (const plant of values.only) {
    const args = ['--matrix', 'bench/self/causes/planted.yaml', '--launches', '5'];
    const arms = ['--baseline', 'clean', '--candidate', plant, '--seed', `${seed}`];
    const { report } = await compareOnce([...args, ...arms], 'reports/planted-causes');
    const [list] = report.causes.prices;
    const prices = [...(list.prices ?? [])].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
    const [first] = prices;
    if (first?.share > 0 && first.units[0].kind === plants[plant]) named[plant] += 1;
    const shown = (us) => us.toFixed(1);
    console.log(
      first?.share == null
        ? `| ${plant} | nothing was proven dearer | | |`
        : `| ${plant} | ${first.label} | ${(first.share * 100).toFixed(0)} % | ${shown(first.baseline.estimate)} → ${shown(first.candidate.estimate)} µs |`,
    );
  }
}
console.log('');
for (const [plant, times] of Object.entries(named))
  console.log(`${plant}: ${plants[plant]} named first in ${times} of ${values.seeds}`);
process.exitCode = Object.values(named).every((times) => times === Number(values.seeds)) ? 0 : 1;
