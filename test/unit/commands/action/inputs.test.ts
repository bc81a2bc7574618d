import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optionsFrom } from '../../../../src/commands/action/inputs.ts';

const options = (env: Readonly<Record<string, string>>) => optionsFrom({ env });

describe('inputs become options', () => {
  it('of the same names; what nobody says is left out', () => {
    expect(
      options({
        INPUT_MATRIX: ' api/bench.matrix.yaml ',
        INPUT_FAIL_ON: 'never',
        INPUT_ONLY: 'tls=none\n\n  tls=1.3,reuse=close\n',
        INPUT_SET: 'target.delay=5ms',
        INPUT_STRICT: 'true',
        INPUT_ALLOW_REMOTE: 'false',
        INPUT_BUDGET: '',
      }),
    ).toEqual([
      ...['--matrix=api/bench.matrix.yaml', '--fail-on=never', '--only=tls=none'],
      ...['--only=tls=1.3,reuse=close', '--set=target.delay=5ms', '--strict'],
    ]);
  });

  it('a switch is on or off', () => {
    expect(() => options({ INPUT_STRICT: 'yes' })).toThrow(
      'strict: is neither true nor false. Write one of them.',
    );
  });

  it('no value becomes another option', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const made = options({ INPUT_MATRIX: value, INPUT_SET: value });
        expect(made.filter((option) => !/^--(matrix|set)=/.test(option))).toEqual([]);
      }),
    );
  });
});
