import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fileSchema } from '../../../src/matrix/file-schema.ts';
import { plan, shipped, versions } from '../../fixtures/matrix/planned.ts';

const schema = z.toJSONSchema(fileSchema, { io: 'input' });

test('a JSON schema can be made of what a user may write', () => {
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  expect(Object.keys(schema.properties ?? {})).toEqual([
    '$schema',
    'description',
    'scenario',
    'target',
    'client',
    'connection',
    'axes',
    'compare',
    'include',
    'exclude',
    'gate',
    'measure',
    'capacity',
  ]);
});

test('nothing is required of a file or of an overlay', () => {
  expect(schema.required).toBeUndefined();
  expect(schema.properties?.axes).toMatchObject({
    additionalProperties: { additionalProperties: { type: 'object', additionalProperties: false } },
  });
  expect(JSON.stringify(schema.properties?.axes)).not.toContain('"required":["scenario"');
});

test.each([
  'incident.yaml',
  'smoke.yaml',
  'dns.yaml',
  'node-runtimes.yaml',
  'undici-releases.yaml',
  'unit-costs.yaml',
])('%s fits the schema', (name) => {
  expect(fileSchema.safeParse(parse(shipped(name))).success).toBe(true);
});

test('a JSON file may name its schema', () => {
  const text = JSON.stringify({ $schema: './schema.json', ...parse(versions) });
  expect(plan(text, {}, 'm.json').compare.candidates).toEqual(['v2']);
});
