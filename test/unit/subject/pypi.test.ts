import { describe, expect, it } from 'vitest';
import { installerEnvironment, runFor } from '../../../src/subject/installer.ts';
import {
  digestOf,
  pipInstall,
  requirementsOf,
  uvInstall,
} from '../../../src/subject/pypi-arguments.ts';
import { pythonOf } from '../../../src/subject/pypi-engine.ts';
import { environmentFailure, installFailure } from '../../../src/subject/pypi-failure.ts';

const locust = (changed: object = {}) => ({
  ...{ name: 'locust', version: '2.26.0', asOf: null as string | null, with: {} },
  ...changed,
});

it.each([
  ['2.26.0', 'locust==2.26.0'],
  ['2.26.1.dev4', 'locust==2.26.1.dev4'],
  ['2.31', 'locust==2.31.*'],
  ['2', 'locust==2.*'],
  ['latest', 'locust'],
])('the release %s is asked for as %s', (version, requirement) => {
  const pinned = locust({ version, with: { requests: '2.31.0' } });
  expect(requirementsOf(pinned)).toEqual([requirement, 'requests==2.31.0']);
});

describe('what installers are told', () => {
  const wheels = ['--only-binary', ':all:', '--no-binary'];

  it('uv', () => {
    expect(uvInstall('/e/bin/python', ['locust==2.26.0'], '2024-04-20')).toEqual([
      ...['pip', 'install', '--quiet', '--python', '/e/bin/python', '--link-mode', 'copy'],
      ...[...wheels, 'flask-basicauth', '--no-binary', 'roundrobin'],
      ...['--exclude-newer', '2024-04-20T23:59:59.999Z', 'locust==2.26.0'],
    ]);
    expect(uvInstall('/e/bin/python', ['locust'], null)).not.toContain('--exclude-newer');
  });

  it('pip', () => {
    expect(pipInstall(['locust==2.26.0'], '2024-04-20')).toEqual([
      ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
      ...['--retries', '2', ...wheels, 'flask-basicauth,roundrobin'],
      ...['--uploaded-prior-to', '2024-04-20T23:59:59.999Z', 'locust==2.26.0'],
    ]);
    expect(pipInstall(['locust'], null)).not.toContain('--uploaded-prior-to');
  });

  it('nothing of what would lead them elsewhere', () => {
    const kept = { PATH: '/bin', PIP_INDEX_URL: 'https://mirror', UV_DEFAULT_INDEX: 'https://m' };
    const dropped = { PYTHONPATH: '/x', PYTHONHOME: '/y', VIRTUAL_ENV: '/z', PIP_TARGET: '/t' };
    expect(installerEnvironment({ ...kept, ...dropped, UV_EXCLUDE_NEWER: '2020-01-01' })).toEqual(
      kept,
    );
  });
});

describe('a program is run', () => {
  const run = runFor(process.env, 'unit');

  it('where no project has a say', async () => {
    const script = 'process.stdout.write(process.cwd())';
    expect(await run(process.execPath, ['-e', script])).toMatchObject({ exitCode: 0, stdout: '/' });
  });

  it('to its end, whatever that is', async () => {
    const script = 'console.error("why"); process.exit(3)';
    const ran = { exitCode: 3, stdout: '', stderr: 'why\n' };
    expect(await run(process.execPath, ['-e', script])).toEqual(ran);
    expect(await run('/nowhere', [])).toMatchObject({
      exitCode: null,
      stderr: expect.stringContaining('ENOENT'),
    });
  });
});

describe('environments that hold something else have other names', () => {
  const python = { file: '/usr/bin/python3.11', version: '3.11.7' };
  const digest = (wanted: object = {}, changed: object = {}, installer: 'uv' | 'pip' = 'uv') =>
    digestOf(locust(wanted), { ...python, ...changed }, installer, '2026-11-24');

  it.each([
    ['a day', digest({ asOf: '2024-04-20' })],
    ['another day', digest({ asOf: '2024-04-21' })],
    ['a pin', digest({ with: { requests: '2.31.0' } })],
    ['another pin', digest({ with: { requests: '2.31.1' } })],
    ['another Python', digest({}, { file: '/opt/python3.11' })],
    ['a newer Python in the same place', digest({}, { version: '3.11.8' })],
    ['another installer', digest({}, {}, 'pip')],
    ['a release that is looked up on a day', digest({ version: 'latest' })],
  ])('%s', (_, other) => {
    expect(other).toMatch(/^[0-9a-f]{12}$/);
    expect(other).not.toBe(digest());
  });

  it('not by the order of pins, nor by the day where a release is exact or as of one', () => {
    expect(digest({ with: { a: '1', b: '2' } })).toBe(digest({ with: { b: '2', a: '1' } }));
    const on = (today: string, wanted: object) => digestOf(locust(wanted), python, 'uv', today);
    expect(on('2026-11-24', {})).toBe(on('2026-11-25', {}));
    const asOf = { version: 'latest', asOf: '2024-04-20' };
    expect(on('2026-11-24', asOf)).toBe(on('2026-11-25', asOf));
    const latest = { version: 'latest' };
    expect(on('2026-11-24', latest)).not.toBe(on('2026-11-25', latest));
  });
});

describe('what uv and pip say is one line that says what to do', () => {
  const asOf = '2024-04-20';
  it.each([
    [
      'uv without network',
      {},
      'error: Request failed after 3 retries\n  cause: tcp connect error\n  cause: Connection refused (os error 111)',
      'PyPI cannot be reached (Connection refused). Check the network, or name a mirror in UV_DEFAULT_INDEX and PIP_INDEX_URL.',
    ],
    [
      'pip without network',
      {},
      "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: Could not find a version that satisfies the requirement locust==2.26.0 (from versions: none)",
      'PyPI cannot be reached (NewConnectionError). Check the network, or name a mirror in UV_DEFAULT_INDEX and PIP_INDEX_URL.',
    ],
    [
      'uv on an old Python',
      {},
      '  cause: Because the current Python version (3.7.16) does not satisfy Python>=3.9 and locust==2.26.0 depends on\n  Python>=3.9, we can conclude that locust==2.26.0 cannot be used.',
      'it needs Python >=3.9, and this one is 3.7.16. Write client.runtime: python@3.11 or another that fits, or choose another release.',
    ],
    [
      'pip on an old Python',
      { version: '2.26' },
      'ERROR: Ignored the following versions that require a different python version: 2.25.1.dev8 Requires-Python >=3.8; 2.26.0 Requires-Python >=3.9; 2.47.0 Requires-Python >=3.10\nERROR: Could not find a version that satisfies the requirement locust==2.26.*',
      'it needs Python >=3.9, and this one is 3.7.16. Write client.runtime: python@3.11 or another that fits, or choose another release.',
    ],
    [
      'uv of a later release',
      { asOf },
      'hint: `locust` was filtered by `exclude-newer`. The requested version, v2.31.0, was published at 2024-08-05T15:21:30.262Z. Consider',
      'it was published on 2024-08-05, after client.asOf: 2024-04-20. Write that day or a later one.',
    ],
    [
      'uv of a yanked dependency that is known',
      { asOf },
      '  cause: Because configargparse>=1.5.5 has no usable wheels and locust==2.26.0 depends on configargparse>=1.5.5, we can',
      "every release of configargparse as of 2024-04-20 that it could use was yanked later, and is taken only where it is named exactly. Write client.with: { configargparse: '1.7' }; https://pypi.org/project/configargparse/#history lists them.",
    ],
    [
      'pip of a yanked dependency',
      { asOf },
      'ERROR: Ignored the following yanked versions: 1.5, 1.6\nERROR: Could not find a version that satisfies the requirement other>=1.5 (from locust) (from versions: 1.4)',
      "every release of other as of 2024-04-20 that it could use was yanked later, and is taken only where it is named exactly. Write client.with: { other: '1.6' }; https://pypi.org/project/other/#history lists them.",
    ],
    [
      'uv without a wheel',
      { with: { pycurl: '7.45.0' } },
      '  cause: Because pycurl==7.45.0 has no wheels with a matching platform tag and you require pycurl==7.45.0, we can',
      'no release of pycurl that it could use has a wheel for this machine, and nothing is built here. Pin one that has in client.with (https://pypi.org/project/pycurl/#history), or build it with `pip wheel --no-deps pycurl -w DIR` and name the folder in UV_FIND_LINKS and PIP_FIND_LINKS.',
    ],
    [
      'uv of an unknown release',
      {},
      '  cause: Because there is no version of locust==2.26.0 and you require locust==2.26.0, we can conclude',
      'PyPI has no such release for Python 3.7.16. `pip index versions locust` lists those that it has.',
    ],
    [
      'pip of an unknown pin',
      { with: { Requests: '9.9' } },
      'ERROR: Could not find a version that satisfies the requirement requests==9.9 (from versions: 2.31.0)',
      'PyPI has no requests 9.9 for Python 3.7.16. Correct client.with; https://pypi.org/project/requests/#history lists what there is.',
    ],
    [
      'uv of a pin that does not fit',
      {},
      '  cause: Because locust==2.26.0 depends on requests>=2.26.0 and you require requests==2.1.0, we can conclude that your requirements are unsatisfiable.',
      'Because locust==2.26.0 depends on requests>=2.26.0 and you require requests==2.1.0, it cannot be installed. Change client.with or client.asOf.',
    ],
    [
      'pip of a pin that does not fit',
      {},
      'ERROR: Cannot install locust==2.26.0 and requests==2.1.0 because these package versions have conflicting dependencies.',
      'Cannot install locust==2.26.0 and requests==2.1.0: what they need conflicts. Change client.with.',
    ],
    [
      'anything else',
      {},
      '\nerror: No space left on device\n',
      'error: No space left on device. Try `pip install` of it by hand.',
    ],
  ])('%s', (_, wanted, stderr, message) => {
    const of = locust(wanted);
    const failure = installFailure(of, '3.7.16', stderr);
    expect(failure.message).toBe(`locust@${of.version}: ${message}`);
    const isOurs = message.startsWith('PyPI cannot') || message.startsWith('error');
    expect(failure.kind).toBe(isOurs ? 'unmeasurable' : 'configuration');
  });

  const python = { file: '/usr/bin/python3', version: '3.11.2' };
  it.each([
    [
      'The virtual environment was not created successfully because ensurepip is not\navailable.',
      '/usr/bin/python3 comes without venv. Install it (`apt-get install python3.11-venv`), or uv (`pip install uv`), which does without.',
    ],
    [
      '/usr/bin/python3: No module named venv',
      '/usr/bin/python3 comes without venv. Install it (`apt-get install python3.11-venv`), or uv (`pip install uv`), which does without.',
    ],
    [
      'Error: [Errno 28] No space left on device',
      '/usr/bin/python3 made no environment: Error: [Errno 28] No space left on device. Try `/usr/bin/python3 -m venv DIR` by hand.',
    ],
  ])('%j', (said, message) => {
    expect(environmentFailure(locust(), python, said).message).toBe(`locust@2.26.0: ${message}`);
  });
});

it.each([
  ['#!/usr/bin/python3\nimport sys', '/usr/bin/python3'],
  ['#!/opt/venv/bin/python3.11 -s\nimport sys', '/opt/venv/bin/python3.11'],
  [
    `#!/bin/sh\n'''exec' "/opt/a long path/bin/python" "$0" "$@"\n' '''`,
    '/opt/a long path/bin/python',
  ],
  [`#!/bin/sh\n'''exec' /opt/long/bin/python3 "$0" "$@"\n' '''`, '/opt/long/bin/python3'],
  ['#!/usr/bin/env bash\nexec locust', null],
  ['\x7fELF', null],
])('the script %j is run by %s', (script, python) => {
  expect(pythonOf(script)).toBe(python);
});
