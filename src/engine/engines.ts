import type { EngineName } from '../model/settings.ts';
import { autocannonEngine } from './autocannon.ts';
import type { Engine } from './engine.ts';
import { httpEngine } from './http.ts';
import { k6Engine } from './k6.ts';
import { locustEngine } from './locust.ts';
import { ohaEngine } from './oha.ts';
import { undiciEngine } from './undici.ts';
import { wrkEngine } from './wrk.ts';

export const engines: Readonly<Record<EngineName, Engine>> = {
  http: httpEngine,
  undici: undiciEngine,
  wrk: wrkEngine,
  autocannon: autocannonEngine,
  k6: k6Engine,
  oha: ohaEngine,
  locust: locustEngine,
};
