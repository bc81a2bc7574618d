import { describe, expect, it } from 'vitest';
import { priceList } from '../../../src/analysis/causes/price-list.ts';
import type { PriceList } from '../../../src/model/causes.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { plan, shipped } from '../../fixtures/matrix/planned.ts';
import {
  comparedCells,
  cpuIn,
  measuredApart,
  type Prices,
  trustedOf,
} from '../../support/compared.ts';
import { share } from '../../support/normal.ts';

function versionsAnd(axis: string): string {
  return `axes: {version: {v1: {client: {runtime: node@16}}, v2: {client: {runtime: node@20}}}, ${axis}}\n`;
}

const old: Prices = {
  ...{ request: 11, kilobyte: 0.4, tlsRequest: 4, tlsKilobyte: 0.5, connection: 150 },
  ...{ 'handshakeFull 1.2': 640, 'handshakeFull 1.3': 700, handshakeResumed: 320 },
  ...{ context: 60, certificate: 33, lookup: 80 },
};
const younger: Prices = { ...old, 'handshakeFull 1.3': 1100, certificate: 140 };

const unitCosts = plan(shipped('unit-costs.yaml'));
const incident = plan(shipped('incident.yaml'));
/** Seven cells for five prices: small enough to be simulated many times. */
const small = plan(
  `${versionsAnd(
    "mode: {kept: {}, every: {connection: {reuse: {every: 4}}}, close: {connection: {reuse: close}}, context: {connection: {reuse: close, context: per-connection, ca: bundle}}}, tls: {none: {connection: {tls: none}}, '1.3': {connection: {tls: '1.3'}}}",
  )}exclude: [{ tls: none, mode: context }]\n`,
);
const trusted = 145;

type Fitted = Extract<PriceList, { state: 'fitted' }>;

function listOf(
  matrix: typeof incident,
  { sd = 0, shared = 0, seed = 1, candidate = younger, launches = 8 } = {},
): Fitted {
  const random = randomFrom('prices', seed);
  const prices = { baseline: old, candidate };
  const cells = comparedCells(matrix, { prices, launches, sd, shared, random, trusted });
  const list = priceList(cells, 'client', trustedOf(matrix, trusted));
  if (list.state === 'none') throw new Error(list.reason);
  return list;
}

const priceNamed = (list: Fitted, label: RegExp) => {
  const found = list.prices.filter((price) => label.test(price.label));
  expect(found.map((price) => price.label)).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error('no such price');
  return only;
};

describe('the price list of unit-costs', () => {
  it('names every unit by itself and finds its price in both versions, and what changed', () => {
    const list = listOf(unitCosts);
    expect(list.merged).toEqual([]);
    expect(list.excluded).toEqual([]);
    expect(list.prices.map(({ label }) => label)).toEqual([
      'a request',
      'TLS 1.2 for a request',
      'TLS 1.3 for a request',
      'a kB of body',
      'TLS 1.2 for a kB of body',
      'TLS 1.3 for a kB of body',
      'a connection',
      'a full handshake of TLS 1.2',
      'a full handshake of TLS 1.3',
      'a resumed handshake of TLS 1.2',
      'a resumed handshake of TLS 1.3',
      'a TLS context',
      'loading a CA certificate',
      'a look-up',
    ]);
    expect(priceNamed(list, /^a request/).baseline.estimate).toBeCloseTo(11, 3);
    const handshake = priceNamed(list, /full handshake of TLS 1.3/);
    expect(handshake.baseline.estimate).toBeCloseTo(700, 1);
    expect(handshake.candidate.estimate).toBeCloseTo(1100, 1);
    const certificate = priceNamed(list, /certificate/);
    expect(certificate.change?.estimate).toBeCloseTo(140 / 33 - 1, 3);
    expect(list.worstFit).toBeLessThan(1e-6);
    expect(list.worstLeftOut).toBeLessThan(1e-6);
  });

  it('foretells a cell where the launches of the others tell it, and keeps silent elsewhere', () => {
    const list = listOf(small, { sd: 0.1 });
    const foretold = new Map(list.cells.map(({ cell, predicted }) => [cell, predicted]));
    // Between two others, and beyond them: 4/3 of one figure less 1/3 of another that is three times as large.
    expect(foretold.get('mode=every,tls=none')?.baseline).toBeCloseTo(11 + 150 / 4, -1);
    expect(foretold.get('mode=kept,tls=none')).toBeNull();
    expect(list.worstLeftOut).toBeLessThan(0.2);
  });

  it('says how much of the slowdown is whose: it adds up to all of it', () => {
    const list = listOf(unitCosts);
    const shares = list.prices.map((price) => price.share ?? 0);
    expect(shares.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
    const guilty = [...list.prices].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
    expect(guilty.slice(0, 2).map(({ label }) => label)).toEqual([
      'loading a CA certificate',
      'a full handshake of TLS 1.3',
    ]);
  });

  it('has intervals that hold price and ratio as often as they say, launches scattering together or not', () => {
    for (const shared of [0, 0.05]) {
      let seed = 0;
      const held = { price: 0, ratio: 0 };
      const trials = 400;
      for (; seed < trials; seed++) {
        const price = priceNamed(
          listOf(small, { sd: 0.02, shared, seed }),
          /full handshake of TLS 1.3/,
        );
        const { baseline, change } = price;
        if (baseline.low <= 700 && 700 <= baseline.high) held.price++;
        const truth = 1100 / 700 - 1;
        if (change !== null && change.low <= truth && truth <= change.high) held.ratio++;
      }
      // 95 % within ± 3 standard errors of 400 trials; cells are fitted by their own scattered CPU, which costs a little.
      for (const times of Object.values(held)) {
        expect(times / trials).toBeGreaterThan(0.915);
        expect(times / trials).toBeLessThan(0.985);
      }
    }
  });

  it('calls a price that did not change changed in about one case of twenty', () => {
    let seed = 1000;
    const alarms = share(400, () => {
      seed += 1;
      const { change } = priceNamed(
        listOf(small, { sd: 0.02, seed, candidate: old }),
        /^a connection/,
      );
      return change !== null && (change.low > 0 || change.high < 0);
    });
    expect(alarms).toBeLessThan(0.085);
  });

  it('does not tell a price of nothing from nothing, and says how much it may be', () => {
    const free: Prices = { ...old, context: 0 };
    let atMost = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { candidate, change } = priceNamed(
        listOf(unitCosts, { sd: 0.02, seed, candidate: free }),
        /^a TLS context/,
      );
      if (candidate.estimate > 0) continue;
      atMost += 1;
      expect(change).toBeNull();
      expect(candidate.high).toBeGreaterThan(0);
    }
    expect(atMost).toBeGreaterThan(3);
  });

  it('predicts a cell that it has not seen', () => {
    const list = listOf(unitCosts, { sd: 0.01 });
    const predicted = list.cells.filter((cell) => cell.predicted !== null);
    expect(predicted.length).toBeGreaterThan(5);
    for (const { cell, predicted: said } of predicted) {
      const planned = unitCosts.cells.find(({ id }) => id === cell);
      if (planned === undefined) throw new Error(cell);
      const truth = cpuIn(planned, 'candidate', younger, trusted);
      expect(Math.abs((said?.candidate ?? 0) / truth - 1)).toBeLessThan(0.1);
    }
  });
});

describe('two runs', () => {
  const prices = { baseline: old, candidate: younger };
  const cells = (shared: number) =>
    comparedCells(small, {
      ...{ prices, launches: 8, sd: 0.01, shared, trusted },
      random: randomFrom('prices', 'apart'),
    });
  const handshakeOf = (some: ReturnType<typeof cells>) => {
    const list = priceList(some, 'client', trustedOf(small, trusted));
    if (list.state === 'none') throw new Error(list.reason);
    return priceNamed(list, /full handshake/);
  };

  it('have the prices that one would have, and a ratio that is less sure where launches share their noise', () => {
    const [together, apart] = [handshakeOf(cells(0.05)), handshakeOf(measuredApart(cells(0.05)))];
    expect(apart.baseline.estimate).toBeCloseTo(together.baseline.estimate, 6);
    expect(apart.change?.estimate).toBeCloseTo(together.change?.estimate ?? 0, 6);
    const width = ({ change }: typeof apart): number => (change?.high ?? 0) - (change?.low ?? 0);
    expect(width(apart)).toBeGreaterThan(2 * width(together));
  });
});

it('the prices of a target are those of what it counts, without contexts and look-ups', () => {
  const random = randomFrom('prices', 'target');
  const prices = { baseline: old, candidate: younger };
  const cells = comparedCells(incident, { prices, launches: 4, sd: 0.001, random, trusted });
  const list = priceList(cells, 'target', {});
  if (list.state === 'none') throw new Error(list.reason);
  expect(list.prices.map(({ label }) => label)).toEqual([
    'a request',
    'TLS 1.3 for a request',
    'a connection',
    'a full handshake of TLS 1.3',
  ]);
});

describe('units that a matrix cannot tell apart', () => {
  it('have one price, and the list says what would part them', () => {
    const list = listOf(incident);
    expect(list.prices.map(({ label }) => label)).toEqual([
      'a request',
      'TLS 1.3 for a request',
      'a connection',
      'a full handshake of TLS 1.3',
      'a TLS context, with 145 CA certificates',
    ]);
    const context = priceNamed(list, /context/);
    expect(context.candidate.estimate).toBeCloseTo(60 + 145 * 140, 0);
    expect(list.merged.map(({ next }) => next)).toContainEqual(
      expect.stringMatching(/connection\.ca/),
    );
  });

  it('are merged where handshakes come with connections only', () => {
    const list = listOf(
      plan(
        `${versionsAnd('reuse: {keep: {}, close: {connection: {reuse: close}}}')}connection: {tls: '1.3'}\n`,
      ),
    );
    expect(list.prices.map(({ label }) => label)).toEqual([
      'a request, with TLS 1.3 for a request',
      'a connection, with a full handshake of TLS 1.3',
    ]);
  });

  it('of which one is a combination of several are not given a price of their own', () => {
    const text = versionsAnd(
      'mode: {kept: {}, close: {connection: {tls: none, reuse: close}}, both: {connection: {reuse: close}}}',
    );
    const list = listOf(plan(`${text}connection: {tls: '1.3'}\n`));
    expect(list.merged.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/handshake of TLS 1.3 cannot be told from/),
    );
  });
});

describe('cells that other prices rule', () => {
  it('do not enter, and are named with the reason', () => {
    const text = versionsAnd(
      'mode: {kept: {}, close: {connection: {reuse: close}}, slow: {target: {delay: 5ms}}}',
    );
    const list = listOf(plan(text));
    expect(list.excluded).toEqual([
      { cell: 'mode=slow', reason: expect.stringMatching(/differs from most cells/) },
    ]);
  });

  it('leave no list where fewer than two are left', () => {
    const matrix = plan(versionsAnd('mode: {kept: {}}'));
    const prices = { baseline: old, candidate: younger };
    const random = randomFrom('prices', 'one');
    const cells = comparedCells(matrix, { prices, launches: 4, sd: 0, random, trusted });
    expect(priceList(cells, 'client', {})).toMatchObject({ state: 'none' });
  });
});
