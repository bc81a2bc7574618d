import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { refuseWhatEnginesCannot } from '../../../src/campaign/refuse.ts';
import { masterArguments, totalUsersOf } from '../../../src/engine/locust/arguments.ts';
import { refusedByEngine } from '../../../src/engine/refused.ts';
import { encodedLatency } from '../../../src/engine/encoded-latency.ts';
import { plan } from '../../fixtures/matrix/planned.ts';
import { onPath } from '../../support/on-path.ts';

const arm = (settings: string) =>
  plan(`${settings}\naxes: { version: { v1: {}, v2: {} } }`).cells[0].arms.baseline;
const refused = (settings: string, program: string | null = '2.26.0'): string | null =>
  refusedByEngine(arm(settings), { runtime: '3.11.7', program });

describe('what Locust cannot honour is named', () => {
  it.each([
    ['client: { engine: locust }', null],
    ['client: { engine: locust, userClass: FastHttpUser, workers: 3 }', null],
    [
      'client: { engine: locust }\nscenario: { load: { model: open, rate: 10 } }',
      'scenario.load.model: open (it honours: closed, constant-throughput)',
    ],
    [
      'client: { engine: locust }\nconnection: { tls: 1.3, reuse: close, session: resumed }',
      'connection.session: resumed (with reuse close and TLS 1.3 it honours: none)',
    ],
    [
      'client: { engine: locust }\nconnection: { dns: cached }',
      'connection.dns: cached (it honours: literal)',
    ],
    [
      'client: { engine: locust, file: own.py }\nconnection: { tls: 1.3 }',
      'connection.context: shared (with client.file it honours: library, because the file decides)',
    ],
    ['client: { engine: locust, file: own.py }\nconnection: { tls: 1.3, context: library }', null],
    [
      'client: { engine: locust, file: own.py }\nscenario: { requests: [{ path: /a }] }',
      'scenario.requests (client.file sends its own: leave one of them out)',
    ],
    [
      'connection: { tls: 1.3, context: library }',
      'connection.context: library (it honours: shared, per-connection)',
    ],
  ])('%s', (settings, line) => {
    expect(refused(settings)).toBe(line);
  });

  it('releases before 2.17', () => {
    const settings = 'client: { engine: locust }';
    expect(refused(settings, '2.16.1')).toBe(
      'client.engine: locust@2.16.1 (it honours: 2.17 or newer)',
    );
    expect(refused(settings, '1.6.0')).not.toBeNull();
    expect(refused(settings, '2.17')).toBeNull();
    expect(refused(settings, null)).toBeNull();
    expect(refused(settings, 'latest')).toBeNull();
  });

  it('its settings are for it alone, and a file has classes of its own', () => {
    expect(() => arm('client: { file: own.py }')).toThrow(
      'client.file: is for engine locust, and this is http. Remove it.',
    );
    expect(() => arm('client: { engine: locust, file: own.py, userClass: FastHttpUser }')).toThrow(
      'client.userClass: is up to client.file, which has classes of its own. Remove it.',
    );
  });

  it('it is not compared with an engine whose latency is another', () => {
    const versions = 'v1: { client: { engine: http } }, v2: { client: { engine: locust } }';
    const mixed = plan(`axes: { version: { ${versions} } }`);
    expect(() => refuseWhatEnginesCannot(mixed, () => ({ runtime: '20', program: null }))).toThrow(
      'which are not measured in the same way',
    );
  });
});

describe('users', () => {
  it('closed load is said per worker, constant throughput for all', () => {
    expect(totalUsersOf({ model: 'closed', connections: 4 }, 3)).toBe(12);
    const users = { kind: 'fixed', users: 10 } as const;
    expect(totalUsersOf({ model: 'constant-throughput', users, perUser: 1 }, 3)).toBe(10);
  });

  it('all are spawned at once, by a master that waits for its workers', () => {
    const run = { file: '/run/l.py', users: 12, host: 'https://127.0.0.1:8443' };
    const said = masterArguments(run, 5557, 3).join(' ');
    expect(said).toContain('--headless --only-summary --host https://127.0.0.1:8443');
    expect(said).toContain('--users 12 --spawn-rate 12');
    expect(said).toContain('--master-bind-port 5557 --expect-workers 3');
  });
});

it('latencies that a worker could not encode are stored like those of any other', () => {
  const decoded = decodeFromCompressedBase64(
    encodedLatency([
      [100, 3],
      [2_000, 1],
      [90_000_000, 1],
    ]),
  );
  expect(decoded.totalCount).toBe(5);
  expect(decoded.getValueAtPercentile(50)).toBe(100);
  // Clamped at a minute.
  expect(decoded.maxValue).toBeGreaterThanOrEqual(60_000_000);
  const same = build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000 });
  expect(decoded.numberOfSignificantValueDigits).toBe(same.numberOfSignificantValueDigits);
});

describe('the reason of an error', () => {
  const agent = fileURLToPath(new URL('../../../src/engine/locust/python', import.meta.url));
  const reason = (code: string): string =>
    execFileSync('python3', ['-c', `from bench_agent.tally import reason\n${code}`], {
      env: { ...process.env, PYTHONPATH: agent, PYTHONDONTWRITEBYTECODE: '1' },
      encoding: 'utf8',
    }).trim();

  it.skipIf(!onPath('python3')).each([
    [
      'print(reason(ConnectionRefusedError(111, "Connection refused")))',
      'ECONNREFUSED: Connection refused',
    ],
    // What ran out is looked for by these names.
    ['print(reason(OSError(24, "Too many open files")))', 'EMFILE: Too many open files'],
    [
      'inner = OSError(99, "Cannot assign requested address")\nouter = ValueError("retries", inner)\nprint(reason(RuntimeError(outer)))',
      'EADDRNOTAVAIL: Cannot assign requested address',
    ],
    ['print(reason(KeyError("a\\nb")))', String.raw`KeyError: 'a\nb'`],
    [
      'class CatchResponseError(Exception): pass\nprint(reason(CatchResponseError("status 500, expected 200")))',
      'status 500, expected 200',
    ],
  ])('%s', (code, line) => {
    expect(reason(code)).toBe(line);
  });
});
