/** What the statistics cost that run between slices and at the end of a run. `npm run build && node bench/self/statistics.js` */
import { Bench } from 'tinybench';
import { holm } from '../../dist/stats/holm.js';
import { oneSampleT } from '../../dist/stats/interval.js';
import { randomFrom } from '../../dist/stats/random.js';
import { signFlipP } from '../../dist/stats/signflip.js';
import { trends } from '../../dist/stats/trend.js';

const random = randomFrom('bench/self');
const sample = Array.from({ length: 8 }, () => random() - 0.5);
const suite = new Bench({ time: 500 })
  .add('trends, window of 6 (between warm-up slices)', () =>
    trends(sample.slice(0, 6).map(Math.abs), 0.05),
  )
  .add('one-sample t, 8 launches', () => oneSampleT(sample))
  .add('sign flip, 8 launches', () => signFlipP(sample, random))
  .add('Holm, family of 10', () => holm([...sample.map(Math.abs), 0.01, 0.02], 0.05));

await suite.run();
console.table(suite.table());
