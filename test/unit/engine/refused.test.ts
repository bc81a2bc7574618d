import { expect, it } from 'vitest';
import { engines } from '../../../src/engine/engines.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

it.each(['wrk', 'autocannon'] as const)('%s looks nothing up at a resolver of ours', (name) => {
  const refused = (dns: string): string | null => {
    const text = `connection: { dns: ${dns} }\naxes: { version: { v1: {}, v2: {} } }`;
    return engines[name].refuses(plan(text).cells[0].arms.baseline, {
      ...{ runtime: '20.20.2', program: null },
    });
  };
  expect(refused('cached')).toBe('connection.dns: cached (it honours: literal)');
  expect(refused('literal')).toBeNull();
});
