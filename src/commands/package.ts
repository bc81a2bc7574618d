import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The package's own folder: dist/commands is two below it, and so is src/commands. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

const described = JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as {
  name: string;
  version: string;
};
export const tool = { name: described.name, version: described.version };
