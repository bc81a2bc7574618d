/**
 * Lines of data as `collect.js` writes them, from a seeded generator: for trying the scores and their tests, not for
 * figures. The machine wanders (an autoregressive factor that both arms share), each process has a speed of its
 * own, slices scatter, and some are hit by something else.
 */
import { randomFrom } from '../../../dist/stats/random.js';
import { lineOf } from './line.js';

const cells = ['tls=none,reuse=keep-alive', 'tls=none,reuse=close'];

/** @param launchSd of the log ratio of two processes that are alike. @returns {object[]} */
export function simulatedLines({
  runs,
  launches,
  seed,
  blocks = 8,
  launchSd = 0.01,
  order = 'interleaved',
}) {
  const random = randomFrom('simulated', seed, order);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: runs }, (_, run) => {
    let wander = 0;
    let ms = 0;
    return Array.from({ length: launches }, (_, round) =>
      cells.map((cell) => {
        const speed = { baseline: normal(), candidate: normal() };
        const slice = (role) => {
          wander = 0.98 * wander + 0.01 * normal();
          const hit = random() < 0.03 ? Math.abs(normal()) * 0.2 : 0;
          const own = (speed[role] * launchSd) / Math.SQRT2;
          const spent = (us) => us * Math.exp(wander + own + 0.03 * normal() + hit);
          const times = {
            clientCpuUs: spent(7000),
            targetCpuUs: spent(5000),
            wallUs: spent(10000),
          };
          return { role, requests: 120, ...times };
        };
        const slices = orderOf(order, blocks, random).map(slice);
        const startedMs = ms;
        ms += Math.round(2000 + slices.reduce((sum, { wallUs }) => sum + wallUs / 1000, 0));
        const about = {
          run: `${order === 'in-sequence' ? 'in-sequence-' : ''}20260101-${run}`,
          journal: '',
          cell,
          launch: round + 1,
          round,
          order,
        };
        return lineOf({ ...about, startedMs, endedMs: ms }, slices);
      }),
    );
  }).flat(2);
}

function orderOf(order, blocks, random) {
  if (order === 'in-sequence') {
    return ['baseline', 'candidate'].flatMap((role) => Array(2 * blocks).fill(role));
  }
  return Array.from({ length: blocks }, () => {
    const [first, second] = random() < 0.5 ? ['baseline', 'candidate'] : ['candidate', 'baseline'];
    return [first, second, second, first];
  }).flat();
}
