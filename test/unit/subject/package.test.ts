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

describe('a package is installed as of a day', () => {
  const times = { '7.4.1': '2024-01-01T00:00:00Z', '7.9.0': '2025-01-01T00:00:00Z' };

  it('the newest that there was, into a folder of its own', async () => {
    const of = world([]);
    const said: string[] = [];
    const npm: typeof of.npm = async (args) => {
      said.push(args.join(' '));
      return args[0] === 'view' ? JSON.stringify(times) : of.npm(args);
    };
    const resolution = { asOf: '2024-04-20', with: {} };
    const { version, folder } = await installPackage(wanted('7', resolution), 'a', { ...of, npm });
    expect(version).toBe('7.4.1');
    expect(path.basename(folder)).toMatch(/^undici-7\.4\.1-[0-9a-f]{12}-a$/);
    expect(said[0]).toBe('view undici time --json');
    expect(said[1]).toMatch(/undici@7\.4\.1 .*--before=2024-04-20T23:59:59\.999Z$/);
  });

  it('with pins, and not without those that it does not have', async () => {
    const resolution = { asOf: null, with: { llhttp: '9.0.0' } };
    await expect(installPackage(wanted('7.30.2', resolution), 'a', world([]))).rejects.toThrow(
      'npm:undici@7.30.2: it does not bring along llhttp 9.0.0, which `with` names.',
    );
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
    [
      'npm error code ERESOLVE\nnpm error Found: hono@3.12.12\nnpm error peer hono@"^4" from @hono/node-server@1.19.0',
      'configuration',
      'npm:undici@9: @hono/node-server@1.19.0 has the peer hono@"^4", and hono@3.12.12 is asked for. Choose releases that go together; `with` names those of others.',
    ],
  ])('%j', (stderr, kind, message) => {
    expect(npmFailure(asked, stderr)).toMatchObject({ kind, message });
  });

  it('names the day before which there was nothing', () => {
    const stderr =
      'npm error code ETARGET\nnpm error notarget No matching version found for avvio@^8 with a date before 4/20/2024, 11:59:59 PM.';
    expect(npmFailure({ ...asked, asOf: '2024-04-20' }, stderr)).toMatchObject({
      kind: 'configuration',
      message:
        'npm:undici@9: the npm registry has no avvio@^8 from 2024-04-20 or before. Name a later day as asOf; a mirror may date packages by when it took them up.',
    });
  });
});
