/** All rules that are scored: what each needs, and the order in which its tool collects. */
import { looks } from './defaults.js';
import { ownRules } from './own.js';
import * as runs from './run-peers.js';
import * as slices from './slice-peers.js';

const most = looks.at(-1);
const peer = { kind: 'peer', launches: most };

const peerRules = [
  {
    ...peer,
    own: 'interleaved',
    sliced: true,
    name: 'tachometer: 50 slices, 10 more until the interval leaves out 0',
    short: 'tachometer',
    decide: slices.tachometer,
  },
  {
    ...peer,
    own: 'interleaved',
    sliced: true,
    launches: 1,
    name: 'tango: pairs of slices of one launch, z ≥ 2.6 and > 1 %',
    short: 'tango',
    decide: slices.tango,
  },
  {
    ...peer,
    own: 'runs in turn',
    name: `node compare.R: Welch over ${most} runs`,
    short: 'node compare.R',
    decide: runs.nodeCompare,
    grows: true,
  },
  {
    ...peer,
    own: 'runs in turn',
    name: 'Pinpoint: min(KS, MWU) ≤ 1 %, else more attempts',
    short: 'Pinpoint',
    decide: runs.pinpoint,
  },
  {
    ...peer,
    own: 'one after the other',
    launches: 10,
    name: 'benchstat: Mann–Whitney over 10 runs',
    short: 'benchstat',
    decide: runs.benchstat,
    grows: true,
  },
  {
    ...peer,
    own: 'one after the other',
    launches: 10,
    name: 'hyperfine and its Welch script over 10 runs',
    short: 'hyperfine',
    decide: runs.hyperfine,
    grows: true,
  },
  {
    ...peer,
    own: 'one after the other',
    sliced: true,
    name: `pyperf: pooled t over ${most} runs × 3 values`,
    short: 'pyperf',
    decide: runs.pyperf,
    grows: true,
  },
  {
    ...peer,
    own: 'runs in turn',
    sliced: true,
    launches: 1,
    name: 'criterion: 100 samples of one run, beyond 1 %',
    short: 'criterion',
    decide: slices.criterion,
  },
  {
    ...peer,
    own: 'runs in turn',
    sliced: true,
    launches: 1,
    name: 'autocannon-compare: Welch at 10 % over 10 s, > 5 %',
    short: 'autocannon-compare',
    decide: slices.autocannonCompare,
  },
  {
    ...peer,
    own: 'one after the other',
    launches: 1,
    name: 'github-action-benchmark: one value against one, > 200 %',
    short: 'github-action',
    decide: runs.githubAction,
  },
];

export const rules = [...ownRules, ...peerRules];
