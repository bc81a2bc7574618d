import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Located, plain } from '../../src/matrix/located.ts';
import { overlaid } from '../../src/matrix/overlay.ts';
import { readMatrixText } from '../../src/matrix/read.ts';
import { nearest } from '../../src/matrix/wording.ts';
import { BenchFailure } from '../../src/model/failure.ts';
import type { Plan } from '../../src/model/plan.ts';
import { ids, plan, planObject } from '../fixtures/matrix/planned.ts';

/** Names that a file may hold; some look like numbers, some mean something to the language. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/),
  fc.constantFrom(
    '1.0',
    '1',
    '2.10',
    '2.1',
    'null',
    '~',
    'constructor',
    'toString',
    'ü x',
    '#',
    '@',
  ),
);

const variants = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });

/** Axes that write nothing: their cells depend on names alone. */
const axes = fc
  .uniqueArray(fc.tuple(name, variants), { maxLength: 4, selector: ([axis]) => axis })
  .filter((all) => all.every(([axis]) => axis !== 'version'));

type Axes = readonly (readonly [string, readonly string[]])[];

/** By hand, because an object would sort the keys that look like whole numbers. */
const flow = (pairs: readonly (readonly [string, string])[]): string =>
  `{${pairs.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`;

const matrixText = (of: Axes, rest = ''): string => {
  const described = of.map(
    ([axis, names]) => [axis, flow(names.map((variant) => [variant, '{}']))] as const,
  );
  const compared = [
    'version',
    flow([
      ['v1', '{}'],
      ['v2', '{}'],
    ]),
  ] as const;
  return `axes: ${flow([compared, ...described])}\n${rest}`;
};

const total = (of: Axes): number => of.reduce((cells, [, names]) => cells * names.length, 1);

test('there are as many cells as combinations, each id once, the same at every reading', () => {
  fc.assert(
    fc.property(axes, (of) => {
      const text = matrixText(of);
      const first = ids(plan(text));
      expect(first).toHaveLength(total(of));
      expect(new Set(first).size).toBe(first.length);
      expect(ids(plan(text))).toEqual(first);
      // Written another way: block style, everything else the same.
      expect(ids(plan(stringify(readAsMaps(text))))).toEqual(first);
    }),
  );
});

/** Nested Maps keep the order of keys when they are written again. */
const readAsMaps = (text: string): unknown => {
  const asMap = (value: Located): unknown =>
    value.kind === 'mapping'
      ? new Map([...value.entries].map(([key, said]) => [key, asMap(said.value)]))
      : plain(value);
  return asMap(readMatrixText(text, 'm'));
};

test('exclude and --only part the cells: what one drops, the other keeps', () => {
  fc.assert(
    fc.property(
      axes
        .filter((of) => of.length > 0)
        .chain((of) =>
          fc.tuple(
            fc.constant(of),
            fc
              .subarray([...of], { minLength: 1 })
              .chain((some) =>
                fc.tuple(
                  ...some.map(([axis, names]) =>
                    fc.constantFrom(...names).map((variant) => [axis, variant] as const),
                  ),
                ),
              ),
          ),
        ),
      ([of, pattern]) => {
        const all = ids(plan(matrixText(of)));
        const only = pattern.map(([axis, variant]) => `${axis}=${variant}`).join(',');
        const kept = ids(plan(matrixText(of), { only: [only] }));
        const written = flow(pattern.map(([axis, variant]) => [axis, JSON.stringify(variant)]));
        const exclude = `exclude: [${written}]\n`;
        const left = kept.length === all.length ? [] : ids(plan(matrixText(of, exclude)));
        expect([...kept, ...left].sort()).toEqual([...all].sort());
        const back = ids(plan(matrixText(of, `${exclude}include: [${written}]\n`)));
        expect(back).toEqual(all);
      },
    ),
  );
});

/** One setting each, so that no two write the same. */
const settings = [
  ['client', 'workers', fc.integer({ min: 1, max: 9 })],
  ['client', 'requestTimeout', fc.constantFrom('1s', '2s')],
  ['target', 'bodyBytes', fc.integer({ min: 0, max: 9 })],
  ['target', 'env', fc.dictionary(fc.stringMatching(/^[A-Z]{1,3}$/), fc.string())],
  ['connection', 'tls', fc.constantFrom('none', '1.3')],
  ['connection', 'reuse', fc.oneof(fc.constant('close'), fc.constant({ every: 3 }))],
  ['scenario', 'load', fc.constantFrom({ connections: 3 }, { model: 'open', rate: 5 })],
  ['scenario', 'requests', fc.constant([{ path: '/a' }])],
] as const;

const overlayOf = (some: readonly (readonly [string, string, unknown])[]) => {
  const sections = new Map<string, Map<string, unknown>>();
  for (const [section, key, value] of some)
    sections.set(section, new Map([...(sections.get(section) ?? []), [key, value]]));
  return readMatrixText(`${stringify(sections)}\n`, 'm');
};

const said = fc.tuple(
  ...settings.map(([section, key, value]) =>
    value.map((chosen) => [section, key, chosen] as const),
  ),
);

test('merging is associative, and overlays that write apart from one another may change places', () => {
  fc.assert(
    fc.property(
      said,
      said,
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 }),
      (below, above, owners) => {
        const [a, b, c] = [0, 1, 2].map((owner) =>
          overlayOf(above.filter((_, i) => owners[i] === owner)),
        );
        if (!a || !b || !c) throw new Error('three overlays');
        const base = overlayOf(below);
        const inTurn = plain(overlaid(overlaid(overlaid(base, a), b), c));
        expect(plain(overlaid(base, overlaid(a, overlaid(b, c))))).toEqual(inTurn);
        expect(plain(overlaid(overlaid(overlaid(base, c), a), b))).toEqual(inTurn);
      },
    ),
  );
});

test('one typing error in a name of three letters or more still finds the nearest name', () => {
  const known = [
    'connections',
    'users',
    'perUser',
    'rate',
    'arrivals',
    'tls',
    'session',
    'context',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...known),
      fc.nat(),
      fc.stringMatching(/^[a-z]$/),
      fc.constantFrom('insert', 'delete', 'change', 'swap'),
      (meant, at, letter, error) => {
        const i = at % meant.length;
        const after = { insert: 0, delete: 1, change: 1, swap: 2 }[error];
        const put = {
          insert: letter,
          delete: '',
          change: letter,
          swap: `${meant[i + 1] ?? ''}${meant[i]}`,
        }[error];
        const typed = meant.slice(0, i) + put + meant.slice(i + after);
        const found = nearest(typed, known);
        if (found === null) throw new Error(`nothing near ${typed}`);
        const near = (to: string) => distance(typed.toLowerCase(), to.toLowerCase());
        expect(near(found)).toBeLessThanOrEqual(near(meant));
      },
    ),
  );
});

/** `plan`, or the message of a configuration error; anything else that is thrown is a defect. */
const outcome = (make: () => Plan): string => {
  try {
    make();
    return 'plan';
  } catch (error) {
    if (error instanceof BenchFailure) return error.message;
    throw error;
  }
};

test('no text makes anything but a plan or a configuration error of one line', () => {
  const scalars = fc.constantFrom(
    ...[
      'null',
      '{}',
      '[]',
      '1.3',
      'none',
      '5%',
      '1s',
      '-1',
      '"a\\nb"',
      '*x',
      '&x 1',
      '!!str 1',
      '~',
    ],
  );
  const keys = fc.constantFrom(
    ...[
      'axes',
      'version',
      'v1',
      'v2',
      'connection',
      'tls',
      'reuse',
      'load',
      'scenario',
      'requests',
    ],
    ...[
      'exclude',
      'gate',
      'margins',
      'rps',
      'measure',
      '__proto__',
      'constructor',
      '""',
      '?',
      '<<',
    ],
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      scalars,
      fc
        .array(fc.tuple(keys, tie('tree')), { maxLength: 4 })
        .map((pairs) => `{${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')}}`),
      fc.array(tie('tree'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    ),
  }));
  fc.assert(
    fc.property(fc.oneof(tree, fc.string(), fc.string({ unit: 'binary' })), (text) => {
      expect(outcome(() => plan(text))).not.toMatch(/\p{Cc}|[\u2028\u2029]/u);
    }),
    { numRuns: 2000 },
  );
});

test('no object makes anything but a plan or a configuration error of one line', () => {
  const key = fc.oneof(
    name,
    fc.constantFrom('axes', 'version', 'v1', 'v2', 'client', 'workers', 'target'),
  );
  const value = fc.anything({
    ...{ key, withBigInt: true, withDate: true, withMap: true, withNullPrototype: true },
    ...{ withSparseArray: true, withTypedArray: true },
  });
  fc.assert(
    fc.property(fc.oneof(value, fc.record({ axes: fc.record({ version: value }) })), (object) => {
      expect(outcome(() => planObject(object))).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
    { numRuns: 2000 },
  );
});
