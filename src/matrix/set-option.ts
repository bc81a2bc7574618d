import { parse } from 'yaml';
import type { Located, LocatedMapping } from './located.ts';
import { failureAt } from './place.ts';
import { saidByOption } from './roles.ts';

/**
 * `target.delay=5ms`: one setting of the file, said on the command line.
 * @throws BenchFailure `configuration` for anything else than a key and a single value.
 */
export function setOption(given: string): LocatedMapping {
  const [, keys, text] = /^([A-Za-z][\w.]*)=(.*)$/s.exec(given) ?? [];
  const [first, ...rest] = keys?.split('.') ?? [];
  const option = `--set ${given}`;
  const value = text === undefined ? undefined : scalarOf(text);
  if (first === undefined || first === 'axes' || value === undefined) {
    throw failureAt(
      { kind: 'option', option },
      'is not one setting and its value. Write it such as --set target.delay=5ms.',
    );
  }
  return saidByOption(option, [first, ...rest], value, text);
}

/** As it would be read in a file: `1.3` is a number, `'1.3'` is not. Undefined for lists and mappings. */
function scalarOf(text: string): Extract<Located, { kind: 'scalar' }>['value'] | undefined {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return undefined;
  }
  const isScalar = value === null || ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar ? (value as string | number | boolean | null) : undefined;
}
