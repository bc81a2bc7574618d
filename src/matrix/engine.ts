import type { EngineName, EngineSpec } from '../model/settings.ts';

/** What a matrix file may name; releases of autocannon as `npm:autocannon@9.0.0`. */
export const engineNames = ['http', 'wrk', 'autocannon'] as const satisfies readonly EngineName[];

/** The release that `autocannon` means where none is named. */
const usualAutocannon = '9';

/** `http`, `wrk`, `autocannon`, `npm:autocannon@9` or `npm:autocannon@9.0.0`; else null. */
export const parseEngine = (given: string): EngineSpec | null => {
  if (given === 'http' || given === 'wrk') return { kind: given };
  if (given === 'autocannon') return { kind: given, version: usualAutocannon };
  const [, version] = /^npm:autocannon@(\d+(?:\.\d+){0,2})$/.exec(given) ?? [];
  return version === undefined ? null : { kind: 'autocannon', version };
};
