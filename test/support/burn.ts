import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const burn = readFileSync(
  fileURLToPath(new URL('../fixtures/server/burn.mjs', import.meta.url)),
  'utf8',
);

/** A server that spends so much CPU on each request. What it burns is a part of the commit. */
export const serverThatBurns = (us: number): string =>
  burn.replace('process.env.BURN_US ?? 0', String(us));
