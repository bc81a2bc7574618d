import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Npm } from '../../../src/subject/npm.ts';
import { asking, installRelease } from '../../../src/subject/release.ts';
import { freshFolder } from '../../support/bench.ts';
import { write } from '../../support/repository.ts';

describe('the package.json of a server', () => {
  it('asks for the release where it asked for the package', () => {
    const manifest = {
      name: 'api',
      dependencies: { a: '1' },
      devDependencies: { fastify: '3', b: '1' },
    };
    expect(asking(manifest, { fastify: '4' }, {})).toEqual({
      name: 'api',
      dependencies: { a: '1' },
      devDependencies: { fastify: '4', b: '1' },
    });
  });

  it('asks for one that it did not ask for', () => {
    expect(asking({ private: true }, { fastify: '4' }, {})).toEqual({
      private: true,
      dependencies: { fastify: '4' },
    });
  });

  it('has pins go before whatever asks for them, itself too', () => {
    const manifest = { dependencies: { a: '^1.0.0' }, overrides: { c: '3.0.0' } };
    expect(asking(manifest, { fastify: '4' }, { a: '1.2.0', avvio: '8.2.0' })).toEqual({
      dependencies: { a: '1.2.0', fastify: '4' },
      overrides: { a: '1.2.0', avvio: '8.2.0', c: '3.0.0' },
    });
  });
});

describe('a release of a package is installed', () => {
  const files = {
    'app.mjs': '1',
    'package-lock.json': '{}',
    'lib/node_modules/x/index.js': '1',
    'node_modules/y/index.js': '1',
    '.git/HEAD': 'ref',
    'reports/run/report.json': '{}',
  };
  const lock = (version: string) => ({
    packages: {
      '': {},
      'node_modules/fastify': { version, integrity: 'sha512-x' },
      'node_modules/avvio': { version: '8.2.0' },
    },
  });
  const installed = async (changed: { asOf?: string; pins?: Record<string, string> } = {}) => {
    const [from, to] = [freshFolder(), path.join(freshFolder(), '001')];
    write(from, files);
    const said: string[][] = [];
    const npm: Npm = async (args) => {
      said.push([...args]);
      mkdirSync(path.join(to, 'node_modules'));
      const text = JSON.stringify(lock('4.29.1'));
      writeFileSync(path.join(to, 'node_modules', '.package-lock.json'), text);
      return '';
    };
    const { asOf = null, pins = {} } = changed;
    const wanted = { from, to, name: 'fastify', version: '4', asOf, pins, called: 'npm:fastify@4' };
    const reports = path.join(from, 'reports');
    const fingerprint = await installRelease(wanted, npm, (file) => file === reports);
    return { from, to, said, fingerprint, has: (name: string) => existsSync(path.join(to, name)) };
  };

  it('into a copy without what was installed, with its lock file', async () => {
    const { to, said, fingerprint, has, from } = await installed();
    expect(Object.keys(files).filter(has)).toEqual(['app.mjs', 'package-lock.json']);
    expect(said).toEqual([['install', '--prefix', to, '--ignore-scripts']]);
    expect(fingerprint).toEqual({
      'target package': 'fastify@4.29.1',
      'target integrity': 'sha512-x',
    });
    const manifest = JSON.parse(readFileSync(path.join(to, 'package.json'), 'utf8'));
    expect(manifest).toEqual({ private: true, dependencies: { fastify: '4' } });
    expect(existsSync(path.join(from, 'package.json'))).toBe(false);
  });

  it('as of a day, of which the lock file knows nothing', async () => {
    const { said, has } = await installed({ asOf: '2024-04-20' });
    expect(said[0]?.at(-1)).toBe('--before=2024-04-20T23:59:59.999Z');
    expect(has('package-lock.json')).toBe(false);
  });

  it('with pins that are there', async () => {
    await installed({ pins: { avvio: '8.2.0' } });
    for (const pins of [{ avvio: '8.3.0' }, { unknown: '1.0.0' }])
      await expect(installed({ pins })).rejects.toThrow(
        `npm:fastify@4: it does not bring along ${Object.entries(pins)[0]?.join(' ')}, which \`with\` names.`,
      );
  });
});
