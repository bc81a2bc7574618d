import type { ProfiledFunction, ProfileReport, TakenProfile } from '../model/profile.ts';
import { formatScaled, type Scale, scaleFor } from './number.ts';
import { visible } from './visible.ts';

/** Lines of a cell. */
const most = 3;
/** Of the whole change: what is less is left to the page. */
const leastShare = 0.05;
/** Standard errors: what is less may be chance. */
const certain = 3;

/** What a cell's time went to, in a few lines, of the part under test: what grew most first. Escaped. */
export function profileWords(profiles: readonly ProfileReport[]): readonly string[] {
  const [first] = profiles;
  if (first === undefined) return [];
  return first.state === 'taken'
    ? takenWords(first)
    : [`no CPU profile of the ${first.part}: ${visible(first.reason)}. ${visible(first.next)}`];
}

function takenWords({ part, whole, functions }: TakenProfile): readonly string[] {
  const scale = scaleFor('µs', [whole.difference]);
  if (whole.share === null) {
    const noise = formatScaled(certain * whole.noise, scaleFor('µs', [certain * whole.noise]));
    return [
      `the CPU profile of the ${part} shows no change per request beyond its noise (±${noise})`,
    ];
  }
  const total = signed(whole.difference, scale);
  const found = functions
    .filter(({ origin, difference, noise }) => {
      return origin.kind !== 'rest' && Math.abs(difference) > certain * noise;
    })
    .filter(({ share }) => share !== null && share >= leastShare)
    .slice(0, most);
  if (found.length === 0)
    return [`${total} per request in the ${part}, spread over many functions`];
  return found.map((one, place) => {
    const caller = one.calledBy === null ? undefined : functions[one.calledBy];
    const by = caller === undefined ? '' : `, called by ${functionWords(caller)}`;
    return place === 0
      ? `${signed(one.difference, scale)} of ${total} per request in the ${part}: ${functionWords(one)}${by}`
      : `${signed(one.difference, scale)}: ${functionWords(one)}${by}`;
  });
}

/** `addCACert (node:tls)`, `send (bench)`, `render (server.mjs)`, `(garbage collector)`. */
export const functionWords = ({ name, origin }: ProfiledFunction): string =>
  origin.kind === 'runtime' && origin.name === name
    ? visible(name)
    : `${visible(name)} (${visible(origin.name)})`;

/** With its sign. */
export const signed = (us: number, scale: Scale): string =>
  `${us > 0 ? '+' : ''}${formatScaled(us, scale)}`;
