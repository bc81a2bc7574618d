/** What `bench compare` does where nobody says otherwise, by its own planning. */
import { shippedMatrix } from '../../../dist/commands/matrix-source.js';
import { planMatrix } from '../../../dist/matrix/plan.js';

export const plan = planMatrix({
  ...shippedMatrix('incident'),
  variables: {},
  options: {
    ...{ baseline: 'v1', candidate: 'v1', axis: null, only: ['tls=none'], seed: 1 },
    ...{ launches: null, budgetMs: null, workers: null, set: [], margins: null, targetRate: null },
    ...{ failOn: 'regression', strict: false },
  },
});

/** Launches at each look. */
export const looks = plan.measure.looks;
/** Of a comparison that stands alone, and of all comparisons of a matrix together. */
export const alpha = plan.gate.alpha;
/** A proven change for the worse that is smaller is `slower`. */
export const margins = plan.gate.margins;
