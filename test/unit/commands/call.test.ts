import { expect, it } from 'vitest';
import { defineMatrix, plan } from '../../../src/index.ts';

const matrix = defineMatrix({
  axes: {
    version: { a: {}, b: { client: { env: { ARM: 'b' } } }, c: { client: { env: { ARM: 'c' } } } },
  },
});

it('candidates are a list, or one text as on the command line', async () => {
  const of = async (candidate: string | readonly string[]) =>
    (await plan({ matrix, baseline: 'a', candidate, seed: 1 })).compare.candidates;
  expect(await of('b')).toEqual(['b']);
  expect(await of(['b'])).toEqual(['b']);
  expect(await of(['c', 'b'])).toEqual(['c', 'b']);
  expect(await of('c,b')).toEqual(['c', 'b']);
  expect(await of(['/opt/a,b/node', 'b'])).toEqual(['/opt/a,b/node', 'b']);
  await expect(of([])).rejects.toThrow('--candidate: "" is neither a variant');
});
