import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { matrixJsonSchema } from '../../src/matrix/json-schema.ts';

const folder = new URL('../../matrix/', import.meta.url);
const update = process.env.UPDATE_GOLDEN === '1';

it('matrix/schema.json is what the matrix stage accepts', () => {
  const file = new URL('schema.json', folder);
  const made = `${JSON.stringify(matrixJsonSchema(), null, 2)}\n`;
  if (update) writeFileSync(file, made);
  expect(made).toBe(readFileSync(file, 'utf8'));
});

it('every shipped matrix names it, for editors', () => {
  for (const name of readdirSync(folder).filter((of) => of.endsWith('.yaml'))) {
    const [first] = readFileSync(new URL(name, folder), 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./schema.json');
  }
});
