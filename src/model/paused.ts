import type { EngineSpec } from './settings.ts';

/** Programs of others, which do not come to rest by themselves. */
export const isPaused = ({ kind }: EngineSpec): boolean =>
  kind === 'wrk' || kind === 'autocannon' || kind === 'k6' || kind === 'oha';
