import { describe, expect, it } from 'vitest';
import { run } from '../../src/commands/cli.ts';
import type { World } from '../../src/commands/world.ts';
import { freshFolder } from '../support/bench.ts';

/** A world that only takes what is printed on its stderr. */
function worldOf(more: Partial<World>): { readonly world: World; readonly said: () => string } {
  let said = '';
  const write = (text: string): boolean => {
    said += text;
    return true;
  };
  const given = { stderr: { write }, env: {}, cwd: freshFolder(), ...more };
  return { world: given as unknown as World, said: () => said };
}

describe('what ends the program', () => {
  it('a wrong command is the user’s, in one line', async () => {
    const { world, said } = worldOf({});
    expect(await run(['comapre'], world)).toBe(2);
    expect(said()).toMatch(/^bench: .*compare.*\n$/);
  });

  it('a defect of ours is never taken for a gate that failed', async () => {
    const freshSeed = (): number => {
      throw new TypeError('of our own making');
    };
    const { world, said } = worldOf({ freshSeed });
    const args = ['plan', '--matrix', 'smoke', '--baseline', 'v1', '--candidate', 'v2'];
    expect(await run(args, world)).toBe(3);
    expect(said()).toContain('a defect of bench itself');
    expect(said()).toMatch(/TypeError: of our own making\n +at .*cli\.test/);
  });
});
