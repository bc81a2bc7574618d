import type { EngineName } from '../model/settings.ts';
import { autocannonEngine } from './autocannon.ts';
import type { Engine } from './engine.ts';
import { httpEngine } from './http.ts';
import { locustEngine } from './locust.ts';
import { undiciEngine } from './undici.ts';
import { wrkEngine } from './wrk.ts';

/** Placeholders: they are installed, and cannot be started yet. */
const unbuilt = (name: EngineName): Engine => ({
  name,
  refuses: () => `client.engine: ${name} (not built into this commit)`,
  start: () => Promise.reject(new Error(`${name} is not built into this commit`)),
  startShared: null,
});

export const engines: Readonly<Record<EngineName, Engine>> = {
  http: httpEngine,
  undici: undiciEngine,
  wrk: wrkEngine,
  autocannon: autocannonEngine,
  locust: locustEngine,
  k6: unbuilt('k6'),
  oha: unbuilt('oha'),
};
