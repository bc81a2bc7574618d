import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { buildFolders, removeStaleFolders } from '../../../src/subject/build-folders.ts';
import { freshFolder } from '../../support/bench.ts';

const weekMs = 7 * 24 * 3_600_000;

it('the files of all arms lie at paths of one length, and go with the run', async () => {
  const cache = freshFolder();
  const folders = buildFolders(cache);
  const made = Array.from({ length: 12 }, () => folders.next());
  expect(new Set(made).size).toBe(12);
  expect(new Set(made.map(({ length }) => length)).size).toBe(1);
  expect(readdirSync(cache)).toEqual([]);
  for (const folder of made) mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  await folders.remove();
  expect(made.filter((folder) => existsSync(folder))).toEqual([]);
});

it('what a killed run has left goes, what a run still uses stays', async () => {
  const cache = freshFolder();
  const own = buildFolders(cache).next();
  const [ownName = ''] = path.relative(path.join(cache, 'targets'), own).split(path.sep);
  // Of the same number, begun at another time.
  const dead = ownName.replace(/.{8}$/, '00000000');
  const host = hostname().replaceAll(/[^\w.]/g, '_');
  const [ended, elsewhere, forgotten] = [
    `${host}-4194305-01234567`,
    'elsewhere-17-01234567',
    'forgotten-17-01234567',
  ];
  for (const name of [ownName, dead, ended, elsewhere, forgotten])
    mkdirSync(path.join(cache, 'targets', name), { recursive: true });
  const now = Date.now();
  const longAgo = new Date(now - 2 * weekMs);
  utimesSync(path.join(cache, 'targets', forgotten), longAgo, longAgo);
  await removeStaleFolders(cache, now);
  expect(readdirSync(path.join(cache, 'targets')).sort()).toEqual([elsewhere, ownName].sort());
  await removeStaleFolders(freshFolder(), now);
});
