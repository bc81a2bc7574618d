import { describe, expect, it } from 'vitest';
import { expanded, referencesIn, variablesIn, withValues } from '../../src/model/variables.ts';
import { cellNamed, plan, refusal, versions } from '../fixtures/matrix/planned.ts';

const variables = { TOKEN: 'tok-123', USER_ID: '7', $: 'no name', EMPTY: '', LINES: 'a\r\nX: 1' };

describe('a text', () => {
  it.each([
    ['Bearer ${TOKEN}', 'Bearer tok-123'],
    ['${TOKEN}${USER_ID}', 'tok-1237'],
    ['$${TOKEN}', '${TOKEN}'],
    ['$TOKEN {TOKEN} ${', '$TOKEN {TOKEN} ${'],
    ['', ''],
  ])('%j stands for %j', (text, value) => {
    expect(expanded(text, variables)).toBe(value);
  });

  it('is expanded once: what a value holds is a value', () => {
    expect(expanded('${A}', { A: '${B} $& $1', B: 'b' })).toBe('${B} $& $1');
  });

  it('names variables, and not those that it writes out', () => {
    expect(referencesIn('/${A}/$${B}?c=${C}')).toEqual(['A', 'C']);
  });
});

const everywhere = `
scenario:
  requests:
    - path: '/u/\${USER_ID}'
      headers: { authorization: 'Bearer \${TOKEN}' }
      body: '{"id":\${USER_ID}}'
      expect: { body: { includes: '\${TOKEN}' } }
target: { start: 'node x.mjs \${HOME}', ready: { path: '/up?\${TOKEN}' }, env: { A: '\${TOKEN}' } }
client: { env: { B: '\${USER_ID}' } }
${versions}`;

describe('settings', () => {
  const { baseline } = cellNamed(plan(everywhere, {}, 'm.yaml', variables), 'all').arms;

  it('hold names alone', () => {
    const text = JSON.stringify(baseline);
    expect(text).not.toContain('tok-123');
    expect([...variablesIn(baseline)].sort()).toEqual(['TOKEN', 'USER_ID']);
  });

  it('are filled in wherever a value may stand, and the command line is left alone', () => {
    const { scenario, target, client } = withValues(baseline, variables);
    expect(scenario.requests[0]).toMatchObject({
      path: '/u/7',
      headers: { authorization: 'Bearer tok-123' },
      body: '{"id":7}',
      expect: { body: { text: 'tok-123' } },
    });
    expect(target).toMatchObject({
      ...{ start: 'node x.mjs ${HOME}', ready: { path: '/up?tok-123' } },
      env: { A: 'tok-123' },
    });
    expect(client.env).toEqual({ B: '7' });
  });
});

describe('a variable that cannot be had is refused where it is named', () => {
  const header = (value: string) =>
    `scenario: { requests: [{ headers: { x-a: '${value}' } }] }\n${versions}`;
  const at = 'm.yaml:1:42: scenario.requests[0].headers.x-a:';
  const refused = (text: string, set: readonly string[] = []) =>
    refusal(text, { set }, 'm.yaml', variables);

  it.each([
    [
      '${NOPE}',
      'NOPE is not set in the environment. Set it, or write $${NOPE} for the text itself.',
    ],
    [
      '${toString}',
      'toString is not set in the environment. Set it, or write $${toString} for the text itself.',
    ],
    [
      '${EMPTY}',
      'EMPTY is empty in the environment. Set it, or write $${EMPTY} for the text itself.',
    ],
    [
      '${MY-TOKEN}',
      '"MY-TOKEN" is not the name of a variable. Correct it, or write $${MY-TOKEN} for the text itself.',
    ],
    [
      'x ${LINES}',
      'with the value of LINES it has a character that cannot stand here, such as a line end, or a blank in a path. Correct the variable.',
    ],
  ])('%s', (value, message) => {
    expect(refused(header(value))).toBe(`${at} ${message}`);
  });

  it('in a path too, where a blank would end it', () => {
    const text = `scenario: { requests: [{ path: '/\${A}' }] }\n${versions}`;
    const message = refusal(text, {}, 'm.yaml', { A: 'b HTTP/1.1' });
    expect(message).toContain('scenario.requests[0].path: with the value of A');
    expect(message).not.toContain('HTTP');
  });

  it('in what an option says', () => {
    expect(refused(versions, ['client.env.A=${NOPE}'])).toBe(
      '--set client.env.A=${NOPE}: NOPE is not set in the environment. Set it, or write $${NOPE} for the text itself.',
    );
  });
});
