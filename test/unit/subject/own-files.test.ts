import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ownFiles } from '../../../src/subject/own-files.ts';
import { freshFolder } from '../../support/bench.ts';

it.each([
  ['reports/20261124-014857-ab4c-70o', true],
  ['reports/20261124-014857-ab4c-70o/report.json', true],
  ['.cache', true],
  ['.cache/runtimes/x', true],
  ['reports', false],
  ['reports/templates/page.hbs', false],
  ['20261124-014857-ab4c-70o/x', false],
  ['server.mjs', false],
  ['', false],
])('of bench in the folder of a server: %s: %s', (file, ours) => {
  const folder = freshFolder();
  const isOurs = ownFiles(path.join(folder, 'reports'), path.join(folder, '.cache'));
  expect(isOurs(path.join(folder, file))).toBe(ours);
});

it('runs are known by where they really are', () => {
  const folder = realpathSync(freshFolder());
  mkdirSync(path.join(folder, 'api'));
  symlinkSync('api', path.join(folder, 'link'));
  const isOurs = ownFiles(path.join(folder, 'link'), path.join(folder, 'cache'));
  expect(isOurs(path.join(folder, 'api', '20261124-014857-ab4c-70o'))).toBe(true);
});
