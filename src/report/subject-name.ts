import type { Report, ReportedSubject } from '../model/report.ts';
import { visible } from './visible.ts';

// What decides the cost of a request most often, in the order in which it is named beside a version.
const telling = [
  ...['engine', 'runtime', 'node', 'python', 'openssl'],
  ...['target commit', 'target package', 'target node', 'target openssl'],
];
/** What a request goes through on its way, where a client has it as a dependency. */
const underway = ['locust', 'requests', 'urllib3', 'geventhttpclient', 'gevent'];
const weighty = [...telling, ...underway];
/** That two releases are not the same bytes is known from their versions. */
const identities = ['target tree', 'target integrity', 'target source'];

const rank = (key: string): number => {
  const at = weighty.indexOf((key.split(/[.:/]/).at(-1) ?? key).toLowerCase());
  if (at !== -1) return at;
  return weighty.length + (identities.includes(key) ? 1 : 0);
};

/** Of an arm's fingerprint, the engine, the runtime and its OpenSSL: `node 20.20.2, openssl 3.0.19`. */
export const subjectFacts = (arm: ReportedSubject): readonly string[] =>
  Object.entries(arm.fingerprint)
    .filter(([key]) => rank(key) < telling.length)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => `${visible(key)} ${visible(value)}`);

/** `v2`, or `v2, v3`. */
export const candidateNames = ({ candidates }: Report): string =>
  candidates.map(({ name }) => visible(name)).join(', ');

/** What differs between the arms, with what most often explains a change first; all of one key together. */
export function differencesByWeight({ differences }: Report): Report['differences'] {
  const keys = differences.map(({ key }) => key);
  return [...differences].sort(
    (a, b) => rank(a.key) - rank(b.key) || keys.indexOf(a.key) - keys.indexOf(b.key),
  );
}
