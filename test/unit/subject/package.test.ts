import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newest } from '../../../src/model/settings.ts';
import { npmFailure } from '../../../src/subject/npm.ts';
import { installPackage } from '../../../src/subject/package.ts';
import { freshFolder } from '../../support/bench.ts';

const wanted = (version: string, resolution = newest) => ({
  ...{ name: 'undici', version, orElse: 'choose another release', shelf: 'programs' as const },
  resolution,
  called: (release: string) => `npm:undici@${release}`,
  installing: (release: string) => `npm:undici@${release}`,
});

/** A registry that has these releases, in its own order. */
function world(releases: string | readonly string[]) {
  const cache = freshFolder();
  const npm = async (args: readonly string[]): Promise<string> => {
    if (args[0] === 'view') return JSON.stringify(releases);
    const modules = path.join(args[2] ?? '', 'node_modules');
    mkdirSync(modules);
    const packages = { 'node_modules/undici': { version: '7.30.2', integrity: 'sha512-x' } };
    writeFileSync(path.join(modules, '.package-lock.json'), JSON.stringify({ packages }));
    return '';
  };
  const progress = (): void => undefined;
  return { cache, npm, progress, platform: 'linux', arch: 'x64', unique: 'part' };
}

describe('a package is installed', () => {
  it.each([
    ['the newest of a range, in whatever order they are listed', '7', ['7.9.0', '7.30.2', '7.4.1']],
    ['the only one of a range', '7.30', '7.30.2'],
    ['exactly as named, without asking', '7.30.2', []],
  ])('%s', async (_, version, releases) => {
    const of = world(releases);
    expect(await installPackage(wanted(version), 'a', of)).toEqual({
      folder: path.join(of.cache, 'programs', 'undici-7.30.2-a'),
      version: '7.30.2',
      source: 'npm:undici@7.30.2 sha512-x',
    });
    expect(readdirSync(path.join(of.cache, 'programs'))).toEqual(['undici-7.30.2-a']);
  });
});

describe('what npm says is one line that says what to do', () => {
  const asked = {
    called: 'npm:undici@9',
    name: 'undici',
    orElse: 'choose another release',
    asOf: null,
  };
  it.each([
    [
      'npm error code ETARGET\nnpm error notarget No matching version',
      'configuration',
      'npm:undici@9: the npm registry has no such version. `npm view undici versions` lists those that it has; or choose another release.',
    ],
    [
      'npm error network request to https://registry failed, reason: connect ECONNREFUSED',
      'unmeasurable',
      'npm:undici@9: the npm registry cannot be reached (ECONNREFUSED). Check the network, or choose another release.',
    ],
    [
      '\nnpm error EACCES: permission denied',
      'unmeasurable',
      'npm:undici@9: npm error EACCES: permission denied. Try `npm install` of it by hand.',
    ],
  ])('%j', (stderr, kind, message) => {
    expect(npmFailure(asked, stderr)).toMatchObject({ kind, message });
  });
});
