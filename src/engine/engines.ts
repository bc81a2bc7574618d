import type { Settings } from '../model/settings.ts';
import type { Engine } from './engine.ts';
import { httpEngine } from './http.ts';

export const engines: Readonly<Record<Settings['client']['engine'], Engine>> = { http: httpEngine };
