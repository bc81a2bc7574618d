import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

const compare = ['compare', '--no-profile', '--fail-on', 'never', '--quiet'];
const versions = ['--baseline', 'a', '--candidate', 'b'];
const brief =
  'gate: { sensitivity: 90% }\nmeasure: { launches: 2, sliceTime: 100ms, warmup: 100ms }';

function unproven(folder: string) {
  return reportOf(folder).cells.flatMap(({ id, contract }) =>
    contract.clauses.flatMap((clause) => (clause.state === 'proven' ? [] : [{ id, ...clause }])),
  );
}

/** Every reuse × session × context. */
const resumed = 'session: resumed';
const anew = 'context: per-connection';
const modes: readonly (readonly [string, string])[] = [
  ['keep-alive', 'reuse: keep-alive'],
  ...['close', '{ every: 7 }'].flatMap((reuse) => {
    const name = reuse === 'close' ? 'close' : 'every';
    return [
      [name, `reuse: ${reuse}`],
      [`${name}-resumed`, `reuse: ${reuse}, ${resumed}`],
      [`${name}-anew`, `reuse: ${reuse}, ${anew}`],
      [`${name}-anew-resumed`, `reuse: ${reuse}, ${anew}, ${resumed}`],
    ] as const;
  }),
];
const modeAxis = modes.map(([name, said]) => `    ${name}: { connection: { ${said} } }`).join('\n');
const withoutTls = modes
  .filter(([, said]) => /session|context/.test(said))
  .map(([name]) => `  - { tls: none, mode: ${name} }`)
  .join('\n');

describe('every mode that engine undici claims', () => {
  it.each([
    // All of them on all of these: bench/self/every-mode.yaml.
    ['node@16.20.2', 'npm:undici@5', 'node@18', 'npm:undici@6', ['1.3'], 9],
    ['node@20.20.2', 'undici', 'node@24', 'npm:undici@8', ['none'], 3],
  ])(
    'keeps its promise, counted at both ends: %s with %s, and %s with %s',
    async (aRuntime, aEngine, bRuntime, bEngine, tls, cells) => {
      const folder = freshFolder();
      const client = (runtime: string, engine: string): string =>
        `{ client: { runtime: ${runtime}, engine: '${engine}' } }`;
      writeMatrix(
        folder,
        `
axes:
  version: { a: ${client(aRuntime, aEngine)}, b: ${client(bRuntime, bEngine)} }
  tls: { ${tls.map((of) => `'${of}': { connection: { tls: '${of}' } }`).join(', ')} }
  mode:
${modeAxis}
${tls.includes('none') ? `exclude:\n${withoutTls}` : ''}
${brief}
`,
      );
      const { code, stderr } = await bench([...compare, ...versions], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(reportOf(folder).cells).toHaveLength(cells);
      expect(unproven(folder)).toEqual([]);
    },
    300_000,
  );

  it.each([
    '{ model: constant-throughput, users: 20, perUser: 20 }',
    '{ model: open, rate: 100, arrivals: poisson }',
  ])('and so at a pace, with two workers: %s', async (load) => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `
client: { engine: undici, workers: 2 }
scenario: { load: ${load} }
axes:
  version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } }
  mode:
    resumed: { connection: { tls: 1.3, reuse: close, session: resumed } }
    every: { connection: { reuse: { every: 3 } } }
measure: { launches: 2, sliceTime: 600ms, warmup: 100ms }
`,
    );
    const { code, stderr } = await bench([...compare, ...versions], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(reportOf(folder).cells).toHaveLength(2);
    expect(unproven(folder)).toEqual([]);
  });

  it('and so where both arms share one client', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `
client: { engine: undici }
axes:
  version: { a: { target: { bodyBytes: 10 } }, b: { target: { bodyBytes: 30 } } }
  mode:
    keep-alive: { connection: { tls: 1.3, reuse: keep-alive } }
    anew: { connection: { tls: 1.3, reuse: close, context: per-connection, session: resumed } }
${brief}
`,
    );
    const { code, stderr } = await bench([...compare, ...versions], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { clients } of reportOf(folder).cells) expect(clients).toBe('shared');
    // The bodies differ on purpose, and nothing else.
    const doubtful = unproven(folder).filter(({ clause }) => !clause.includes('bytes'));
    expect(doubtful).toEqual([]);
    for (const row of journalOf(folder)) {
      if (row.kind === 'slice')
        expect(row.counts?.bytesIn).toBe(row.requests * (row.role === 'baseline' ? 10 : 30));
    }
  });
});

describe('releases of undici from the command line', () => {
  it('are installed apart and set against each other', async () => {
    const folder = freshFolder();
    writeMatrix(folder, `${brief}\n`);
    const releases = ['--baseline', 'npm:undici@7.16.0', '--candidate', 'npm:undici@7.30.2'];
    const { code, stderr } = await bench([...compare, ...releases], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { baseline, candidate, cells, differences } = reportOf(folder);
    expect(unproven(folder)).toEqual([]);
    expect(cells[0]?.primary).toBe('cpuPerRequest');
    expect(differences).toContainEqual(
      expect.objectContaining({ key: 'undici', baseline: '7.16.0', candidate: '7.30.2' }),
    );
    for (const { fingerprint } of [baseline, candidate])
      expect(fingerprint).toMatchObject({ allowH2: 'false' });
  });

  it('are set against engine http', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `axes: { version: { a: { client: { engine: http } }, b: { client: { engine: undici } } } }\n${brief}\n`,
    );
    const { code, stderr } = await bench([...compare, ...versions], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(unproven(folder)).toEqual([]);
  });
});

describe('what does not work is refused by name before anything is measured', () => {
  const of = (release: string): readonly string[] => [
    '--baseline',
    `npm:undici@${release}`,
    '--candidate',
    `npm:undici@${release}`,
  ];

  it.each([
    [
      'a release that is too new for the Node',
      'client: { runtime: node@20.20.2 }',
      of('8.10.0'),
      'undici 8.10.0 needs Node >=22.19.0, this arm runs 20.20.2: write client.runtime: node@22.19.0, or another release, such as npm:undici@7.',
    ],
    [
      'a release that is not there',
      '',
      of('7.999.0'),
      'npm:undici@7.999.0: the npm registry has no such version. `npm view undici versions` lists those that it has; or choose another release.',
    ],
    [
      'a release that cannot be told when to close',
      '',
      of('5.14.0'),
      'engine undici cannot honour client.engine: npm:undici@5.14.0 (it honours: 5.17.0 or newer) in cell all, baseline.',
    ],
    [
      'a body after which an old release closes',
      'scenario: { requests: [{ method: DELETE, body: x }] }',
      of('5.29.0'),
      'engine undici cannot honour method: DELETE with a body (before 6.21.0 it closes the connection after it) in cell all, baseline.',
    ],
    [
      'a header that undici does not let pass',
      'scenario: { requests: [{ headers: { Expect: 100-continue } }] }',
      of('7'),
      'engine undici cannot honour headers: Expect (it does not let its users send it) in cell all, baseline.',
    ],
    [
      'a method that opens a tunnel',
      'scenario: { requests: [{ method: CONNECT }] }',
      of('7'),
      'engine undici cannot honour method: CONNECT (it opens a tunnel) in cell all, baseline.',
    ],
    [
      'names for which undici would connect anew',
      'connection: { tls: 1.3 }\nscenario: { requests: [{ headers: { host: a } }, {}] }',
      of('7'),
      'engine undici cannot honour headers: host, which differs between requests (with TLS it connects anew for each) in cell all, baseline.',
    ],
  ])('%s', async (_, text, arms, message) => {
    const folder = freshFolder();
    writeMatrix(folder, `${text}\n${brief}\n`);
    const { code, stderr } = await bench([...compare, ...arms], folder);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });
});
