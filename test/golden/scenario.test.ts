import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { draftFromCurl } from '../../src/matrix/scenario/curl.ts';
import { draftFromHar } from '../../src/matrix/scenario/har.ts';
import { draftFromOpenapi } from '../../src/matrix/scenario/openapi.ts';
import { writtenDraft } from '../../src/matrix/scenario/write.ts';

const update = process.env.UPDATE_GOLDEN === '1';
const textOf = (name: string): string =>
  readFileSync(new URL(`../fixtures/scenario/${name}`, import.meta.url), 'utf8');

const line = String.raw`curl 'https://shop.example/api/cart?access_token=abc&q=a%20b' \
  -H 'accept: application/json' -H "authorization: Bearer $TOKEN" -b 'sid=42; theme=dark' \
  --data-raw $'{"password":"it\'s","note":"x"}' -H 'content-type: application/json' -L -k`;

it.each([
  ['har', () => draftFromHar(textOf('shop.har'), 'shop.har', { origin: null, assets: false })],
  [
    'openapi',
    () =>
      draftFromOpenapi(textOf('shop.openapi.yaml'), 'shop.openapi.yaml', ['get', 'post', 'delete']),
  ],
  ['curl', () => draftFromCurl(line)],
])('the matrix file from %s', (name, draft) => {
  const file = new URL(`files/scenario-${name}.yaml.golden`, import.meta.url);
  const made = writtenDraft(draft());
  if (update) writeFileSync(file, made);
  expect(made).toBe(readFileSync(file, 'utf8'));
});
