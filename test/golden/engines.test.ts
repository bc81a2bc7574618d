import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { engineTable } from '../support/engine-table.ts';

const file = new URL('../../docs/engines.md', import.meta.url);
const [begin, end] = ['<!-- what engines honour -->\n', '\n<!-- end -->'];

it('docs/engines.md has what the engines declare', () => {
  const text = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [, after = ''] = rest.split(end);
  const made = `${before}${begin}${engineTable()}${end}${after}`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, made);
  expect(made).toBe(readFileSync(file, 'utf8'));
});
