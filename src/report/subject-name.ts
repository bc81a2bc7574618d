import type { Report } from '../model/report.ts';
import { visible } from './visible.ts';

// What decides the cost of a request most often, in the order in which it is named beside a version.
const telling = ['engine', 'runtime', 'node', 'python', 'openssl'];
/** What a request goes through on its way, where a client has it as a dependency. */
const underway = ['locust', 'requests', 'urllib3', 'geventhttpclient', 'gevent'];
const weighty = [...telling, ...underway];

const rank = (key: string): number => {
  const at = weighty.indexOf((key.split(/[.:/]/).at(-1) ?? key).toLowerCase());
  return at === -1 ? weighty.length : at;
};

/** Of an arm's fingerprint, the engine, the runtime and its OpenSSL: `node 20.20.2, openssl 3.0.19`. */
export const subjectFacts = (arm: Report['baseline']): readonly string[] =>
  Object.entries(arm.fingerprint)
    .filter(([key]) => rank(key) < telling.length)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, value]) => `${visible(key)} ${visible(value)}`);

/** What differs between the arms, with what most often explains a change first. */
export const differencesByWeight = (report: Report): Report['differences'] =>
  [...report.differences].sort((a, b) => rank(a.key) - rank(b.key));
