import { describe, expect, it } from 'vitest';
import { BenchFailure } from '../../../src/model/failure.ts';
import type { JournalRow } from '../../../src/model/journal.ts';
import { concealed, concealedError, concealing } from '../../../src/store/conceal.ts';
import { redacted } from '../../../src/store/redact.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

const variables = { TOKEN: 'a"b-c-d-e', LONG: 'a"b-c-d-e-f', N: '1' };
const planned = plan(
  `client: { env: { A: '\${TOKEN}', B: '\${LONG}', C: '\${N}', D: plain } }
scenario:
  requests:
    - headers: { authorization: 'Bearer \${TOKEN}', x-token: 'abc \${TOKEN}', cookie: literal, accept: a }
${versions}`,
  {},
  'm.yaml',
  variables,
);
const conceal = concealing(planned, variables);

describe('what processes said', () => {
  it.each([
    ['it was a"b-c-d-e!', 'it was ${TOKEN}!'],
    ['a"b-c-d-e-f, the longer one', '${LONG}, the longer one'],
    ['{"t":"a\\"b-c-d-e"}', '{"t":"${TOKEN}"}'],
    ['-c-d-e cut off at its beginning', ' cut off at its beginning'],
    ['1 is no secret', '1 is no secret'],
  ])('%j is kept as %j', (text, kept) => {
    expect(conceal(text)).toBe(kept);
  });

  it('is concealed in the rows that quote it', () => {
    const said = 'ended: a"b-c-d-e';
    const row: JournalRow = {
      ...{ kind: 'void', launch: 1, cell: 'all', attempt: 0, network: null },
      ...{ reason: said, stderrTail: said },
    };
    expect(JSON.stringify(concealed(row, conceal))).not.toContain('b-c-d-e');
  });

  it('is concealed in what ends a run, of which the kind stays', () => {
    const failure = concealedError(new BenchFailure('unmeasurable', 'a"b-c-d-e'), conceal);
    expect(failure).toMatchObject({ kind: 'unmeasurable', message: '${TOKEN}' });
    const defect = concealedError(new Error('a"b-c-d-e'), conceal);
    expect(`${defect.message}${defect.stack}`).not.toContain('b-c-d-e');
  });
});

it('a stored plan has the names of variables, and no literal secret', () => {
  const { scenario, client } = redacted(planned).cells[0].arms.baseline;
  expect(scenario.requests[0].headers).toEqual({
    authorization: 'Bearer ${TOKEN}',
    'x-token': '(not stored)',
    cookie: '(not stored)',
    accept: 'a',
  });
  expect(client.env).toEqual({ A: '${TOKEN}', B: '${LONG}', C: '${N}', D: '(not stored)' });
});
