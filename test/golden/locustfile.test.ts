import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { locustfileOf } from '../../src/engine/locust/locustfile.ts';
import type { UserClass } from '../../src/model/locustfile.ts';
import { withValues } from '../../src/model/variables.ts';
import { plan } from '../fixtures/matrix/planned.ts';

// UPDATE_GOLDEN=1 writes the files anew; read the difference before you keep it.
const update = process.env.UPDATE_GOLDEN === '1';
const variables = { TOKEN: 'open-sesame' };

const one = `scenario: { load: { connections: 8 } }`;
const several = `scenario:
  requests:
    - { path: '/items?by=\${TOKEN}', headers: { authorization: 'Bearer \${TOKEN}' } }
    - { method: POST, path: /items, body: 'a "quoted" é', headers: { x-api-key: secret, accept: '*/*' }, expect: { status: 201, body: { includes: made } } }
    - { path: /items/7, expect: { body: { bytes: 13 } } }
    - { path: /items/7, expect: { body: { equals: seven } } }`;
const weighted = `scenario:
  requests: [{ path: /, weight: 2 }, { path: /about, weight: 1 }]
  load: { model: constant-throughput, users: 40, perUser: 2 }`;

it.each([
  ['plain', 'HttpUser', one, ''],
  ['close-shared', 'HttpUser', one, '{ tls: 1.3, reuse: close }'],
  ['close-per-connection', 'HttpUser', one, '{ tls: 1.2, reuse: close, context: per-connection }'],
  ['close-library', 'HttpUser', one, '{ tls: 1.3, reuse: close, context: library }'],
  ['sequence-every', 'HttpUser', several, '{ reuse: { every: 10 } }'],
  ['weighted-paced', 'FastHttpUser', weighted, '{ tls: 1.3 }'],
  [
    'fast-every-per-connection',
    'FastHttpUser',
    one,
    '{ tls: 1.3, reuse: { every: 10 }, context: per-connection }',
  ],
] as const)('locustfile %s', (name, userClass: UserClass, scenario, connection) => {
  const text = `${scenario}
client: { engine: locust }
connection: ${connection === '' ? '{}' : connection}
axes: { version: { v1: {}, v2: {} } }`;
  const { baseline } = plan(text, {}, 'm.yaml', variables).cells[0].arms;
  const { text: made, env } = locustfileOf(withValues(baseline, variables), baseline, {
    ...{ title: `What bench sends as ${name}.`, userClass, caFile: '/run/trusted-0.pem' },
  });
  const file = new URL(`files/locustfile-${name}.py.golden`, import.meta.url);
  if (update) writeFileSync(file, made);
  expect(made).toBe(readFileSync(file, 'utf8'));
  // What is kept holds no secret: only the process is given them.
  expect(made).not.toMatch(/sesame|"secret"/);
  expect(Object.values(env).some((value) => value.includes('sesame'))).toBe(scenario === several);
});
