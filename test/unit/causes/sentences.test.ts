import { describe, expect, it } from 'vitest';
import { causesOf } from '../../../src/analysis/causes/causes.ts';
import type { Causes } from '../../../src/model/causes.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { fraction } from '../../../src/model/units.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { plan, shipped } from '../../fixtures/matrix/planned.ts';
import { comparedCells, type Prices, trustedOf } from '../../support/compared.ts';

const incident = plan(shipped('incident.yaml'));
const trusted = 145;
const old: Prices = {
  ...{ request: 11, tlsRequest: 4, connection: 150, handshakeFull: 700 },
  ...{ context: 60, certificate: 33, lookup: 80 },
};

function causes(
  candidate: Prices,
  { matrix = incident, targetRate = null }: { matrix?: Plan; targetRate?: number | null } = {},
): Causes {
  const random = randomFrom('sentences', 1);
  const prices = { baseline: old, candidate };
  const cells = comparedCells(matrix, { prices, launches: 6, sd: 0.001, random, trusted });
  const about = { plan: matrix, trusted: trustedOf(matrix, trusted), warnings: [] };
  return causesOf(cells, about, { utilisation: fraction(0.75), targetRate });
}

describe('the sentences', () => {
  it('of the incident name TLS, the new context and its certificates, and count workers', () => {
    const { sentences } = causes(
      { ...old, certificate: 140, handshakeFull: 1000 },
      { targetRate: 1200 },
    );
    expect(sentences).toEqual([
      'Nearly all of the slowdown of client CPU per request is where a TLS connection is opened with a new context for each request (tls=1.3, reuse=close-new-context: +277 %); tls=1.3,reuse=close has +35 %; the remaining 3 cells change by +0.0 %.',
      expect.stringMatching(
        /^What got dearer in the client: a TLS context, with 145 CA certificates \(4\.8\d → 20\.\d ms, \+32\d %, 87 % of it\); a full handshake of TLS 1\.3 \(0\.[67]\d* → (1|0\.99\d|1\.0\d?) ms, \+4\d %, 13 % of it\)\.$/,
      ),
      '1200 requests per second take 10 → 35 workers at tls=1.3,reuse=close-new-context, at 75 % of a core each.',
    ]);
  });

  it('say that all of it is everywhere, where it is', () => {
    const matrix = plan(
      "axes: {version: {v1: {client: {runtime: node@16}}, v2: {client: {runtime: node@20}}}, tls: {none: {connection: {tls: none}}, '1.3': {}}}\nconnection: {tls: '1.3'}\n",
    );
    const { sentences } = causes({ ...old, request: 22, tlsRequest: 8 }, { matrix });
    expect(sentences[0]).toMatch(/^The slowdown of client CPU per request is in all 2 cells/);
  });

  it('name what several variants have in common, whatever they are called', () => {
    const { sentences } = causes({ ...old, connection: 450 }, { matrix: dnsMatrix });
    expect(sentences[0]).toMatch(
      /^All of the slowdown .* is where a connection without TLS is opened for each request \(\+\d+ % to \+\d+ %\)/,
    );
  });

  it('speak of a gain where nothing is dearer, and not of what got dearer', () => {
    const { sentences } = causes({ ...old, certificate: 10 });
    expect(sentences[0]).toMatch(/^All of the gain .*new context/);
    expect(sentences).toHaveLength(1);
  });

  it('name the cells one by one where no setting sets them apart', () => {
    const random = randomFrom('sentences', 'scattered');
    const prices = { baseline: old, candidate: old };
    const matrix = plan(shipped('unit-costs.yaml'));
    const cells = comparedCells(matrix, { prices, launches: 3, sd: 0.01, random, trusted });
    const guilty = ['tls=none,mode=kept,body=64kB', 'tls=1.3,mode=every-4,body=13B'];
    const changed = cells.map((cell) =>
      guilty.includes(cell.cell.id)
        ? { ...cell, metrics: cell.metrics.map((metric) => ({ ...metric, ...worse })) }
        : cell,
    );
    const about = { plan: matrix, trusted: {}, warnings: [] };
    const { sentences } = causesOf(changed, about, {
      utilisation: fraction(0.75),
      targetRate: null,
    });
    expect(sentences[0]).toMatch(
      /is in 2 of \d+ cells that no setting sets apart from the others \(.*mode=kept,body=64kB \+8\.0 %, .*every-4.*\); the remaining \d+ cells change by/,
    );
  });

  it('say nothing where nothing was proven', () => {
    const found = causes(old);
    expect(found.sentences).toEqual([]);
    expect(found.prices).toHaveLength(1);
  });

  it('name the look-up', () => {
    const { sentences } = causes({ ...old, lookup: 400 }, { matrix: dnsMatrix });
    expect(sentences[0]).toMatch(/^All of the slowdown .* with a look-up for each request/);
    expect(sentences[1]).toMatch(
      /a look-up \((79|80)[.\d]* → (399|400|401) µs, \+(39|40)\d %, 100 % of it\)/,
    );
  });

  it('name each candidate where there are several', () => {
    const matrix = plan(shipped('unit-costs.yaml'), { candidate: 'v2,v3' });
    const { sentences, prices } = causes({ ...old, certificate: 140 }, { matrix });
    expect(prices.map(({ candidate }) => candidate)).toEqual(['v2', 'v3']);
    expect(sentences.filter((sentence) => sentence.startsWith('v3: '))).not.toEqual([]);
  });
});

const worse = {
  verdict: 'regression',
  change: { estimate: 0.08, low: 0.07, high: 0.09, level: 0.95 },
} as const;

const dnsMatrix = plan(
  [
    'axes: {version: {v1: {client: {runtime: node@16}}, v2: {client: {runtime: node@20}}}, ',
    'mode: {kept: {}, close: {connection: {reuse: close}}, look-up: {connection: {reuse: close, dns: per-connection}}}, ',
    'body: {small: {}, large: {target: {bodyBytes: 4kB}}}}\n',
  ].join(''),
);

describe('capacity', () => {
  it('is what a worker carries at the planned share of its core, and how many it takes', () => {
    const { capacity } = causes({ ...old, certificate: 140 }, { targetRate: 1200 });
    const found = capacity.cells.find(({ cell }) => cell === 'tls=1.3,reuse=close-new-context');
    const cpu = 11 + 4 + 150 + 700 + 60 + 145 * 33;
    expect(found?.arms.baseline.perWorker.estimate).toBeCloseTo((0.75 * 1e6) / cpu, 0);
    expect(found?.arms.baseline.workers?.estimate).toBe(Math.ceil((1200 * cpu) / 0.75e6));
    const { low, high } = found?.arms.candidate.workers ?? { low: 0, high: 0 };
    expect(low).toBeLessThanOrEqual(high);
  });

  it('says nothing of cells whose client had time to spare, and why', () => {
    const random = randomFrom('capacity', 1);
    const cells = comparedCells(incident, {
      prices: { baseline: old, candidate: old },
      ...{ launches: 4, sd: 0.01, random, trusted },
    }).map((cell, i) => ({
      ...cell,
      bottleneck: { baseline: 'client', candidate: i === 0 ? 'target' : 'client' } as const,
    }));
    const about = { plan: incident, trusted: {}, warnings: [] };
    const { capacity } = causesOf(cells, about, { utilisation: fraction(0.5), targetRate: null });
    expect(capacity.excluded).toEqual([
      {
        cell: 'tls=none,reuse=keep-alive',
        reason:
          'the client was not saturated in the candidate, and CPU per request depends on load',
      },
    ]);
    expect(capacity.cells).toHaveLength(4);
    expect(capacity.cells[0]?.arms.baseline.workers).toBeNull();
  });

  it('says nothing where workers share cores', () => {
    const random = randomFrom('capacity', 2);
    const prices = { baseline: old, candidate: old };
    const cells = comparedCells(incident, { prices, launches: 4, sd: 0, random, trusted });
    const crowded = { code: 'crowded', message: 'm', next: 'n' };
    const about = { plan: incident, trusted: {}, warnings: [crowded] };
    const { capacity } = causesOf(cells, about, { utilisation: fraction(0.5), targetRate: 100 });
    expect(capacity.cells).toEqual([]);
    expect(capacity.excluded).toHaveLength(5);
  });
});
