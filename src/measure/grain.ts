import { type Cell, roles } from '../model/plan.ts';
import { perConnectionOf, type Scenario, type Settings } from '../model/settings.ts';
import { greatestCommonDivisor, mixOf } from '../worker/mix.ts';

/** Which numbers of requests a slice may hold, so that both arms are sent the same in it. All workers together. */
export interface Grain {
  /** A slice holds a multiple of this. */
  readonly step: number;
  readonly least: number;
  /** Multiples of this hold each request, and each opening of a connection, as often as is said: wanted, where they do not take too long. */
  readonly whole: number;
}

/** What a slice may take in order to be whole. */
const longestMs = 250;

/** @param msPerRequest as the slower arm delivers them. */
export const stepOf = ({ whole, step }: Grain, msPerRequest: number): number =>
  whole * msPerRequest <= longestMs ? whole : step;

/**
 * Closed load on so many connections of each worker. @param perConnection requests after which one is closed; null for never.
 */
export function grainOf(
  scenario: Scenario,
  connections: number,
  workers: number,
  perConnection: number | null,
): Grain {
  const slots = connections * workers;
  const each = perConnection ?? 1;
  if (scenario.order === 'weighted') {
    const { length } = mixOf(scenario.requests.map(({ weight }) => weight));
    // Each worker has a mix of its own, which all its connections share and which goes on from slice to slice.
    const whole = workers * multiple(connections * each, length);
    return { step: slots, least: 2 * slots, whole };
  }
  // Each connection goes through the sequence alone.
  const { length } = scenario.requests;
  const step = slots * length;
  return { step, least: Math.max(step, 2 * slots), whole: slots * multiple(length, each) };
}

/** Where an axis made the arms of a cell differ, a number of requests that suits both. */
export function grainOfCell({ arms }: Cell): Grain {
  const [first, second] = roles.map((role) => grainOfArm(arms[role]));
  if (first === undefined || second === undefined) throw new Error('two roles make two arms');
  return {
    step: multiple(first.step, second.step),
    least: multiple(first.least, second.least),
    whole: multiple(first.whole, second.whole),
  };
}

const grainOfArm = ({ scenario, client, connection }: Settings): Grain =>
  grainOf(
    scenario,
    scenario.load.model === 'closed' ? scenario.load.connections : 1,
    client.workers,
    perConnectionOf(connection.reuse),
  );

/** The least common one. */
const multiple = (a: number, b: number): number => (a / greatestCommonDivisor(a, b)) * b;
