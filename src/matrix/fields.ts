import { z } from 'zod';
import {
  type ParseQuantity,
  parseDuration,
  parsePercent,
  parseSize,
  parseTime,
} from './quantities.ts';
import { oneOfThese, shown, suggestion } from './wording.ts';

/**
 * The kinds of fields that a matrix file is made of. Each carries its own message: what is wrong, a
 * full stop, what to do next. The place is put in front of it later.
 */

/** The message of a value that should be `what`. */
const wanted = (what: string, next: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined ? `is missing. ${next}` : `${shown(input)} is not ${what}. ${next}`,
});

/**
 * Only these keys.
 * @param instead what may be done where the key was left without a value.
 */
export const object = <Shape extends z.ZodRawShape>(shape: Shape, instead = 'remove the key') => {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys')
        return issue.input === null
          ? `is empty. Write { ${keys[0]}: … }, or ${instead}.`
          : `${shown(issue.input)} is not a mapping. Write { ${keys[0]}: … }.`;
      const [key = ''] = Array.isArray(issue.keys) ? issue.keys.map(String) : [];
      return `unknown key. ${suggestion(key, keys)}`;
    },
  });
};

export const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, {
    error: ({ input }) =>
      `${shown(input)} is not one of ${names.join(', ')}. ${oneOfThese(String(input), names)}`,
  });

export const text = (example: string) =>
  z.string({
    error: ({ input }) =>
      input === null
        ? `has no value. Write a text such as ${shown(example)}.`
        : `${shown(input)} is not a text. Put it in quotes, such as ${shown(example)}.`,
  });

/** A text that matches `pattern`. */
export const textLike = (pattern: RegExp, what: string, example: string) =>
  text(example).regex(pattern, wanted(what, `Write one such as ${shown(example)}.`));

export const pathText = /^\/[!-~]*$/;
/** The value of a header. */
export const headerText = /^[\t -~\u0080-\u00ff]*$/;

export const urlPath = textLike(pathText, 'a path that begins with / and has no blanks', '/');

export const flag = z.boolean(wanted('true or false', 'Write one of them, without quotes.'));

export const whole = (min: number, example: number) => {
  const message = wanted(`a whole number from ${min} up`, `Write one such as ${example}.`);
  return z.int(message).min(min, message);
};

export const above0 = (example: number) => {
  const message = wanted('a number above 0', `Write one such as ${example}.`);
  return z.number(message).gt(0, message);
};

interface Limits {
  readonly min?: number;
  readonly above?: number;
  readonly below?: number;
  readonly what: string;
  readonly example: string;
}

const quantity =
  (parse: ParseQuantity, limits: Limits) =>
  (input: string | number, context: z.RefinementCtx): number => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message, input });
      return z.NEVER;
    };
    const read = parse(input);
    if (!read.ok) return refuse(read.problem);
    const { min = 0, above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = limits;
    return read.value >= min && read.value > above && read.value < below
      ? read.value
      : refuse(`${shown(input)} is not ${limits.what}. Write one such as ${limits.example}.`);
  };

/** A quantity that needs its unit: a bare number is refused with an example of a unit. */
const withUnit = (parse: ParseQuantity, limits: Limits) =>
  z
    .string({
      error: ({ input }) => {
        const read = typeof input === 'number' ? parse(input) : null;
        return read?.ok === false
          ? read.problem
          : `${shown(input)} is not ${limits.what}. Write one such as ${limits.example}.`;
      },
    })
    .transform(quantity(parse, limits));

/** In milliseconds. */
export const duration = (example: string) =>
  withUnit(parseDuration, { what: 'a duration', example });
export const durationAbove0 = (example: string) =>
  withUnit(parseDuration, { above: 0, what: 'a duration above 0ms', example });

/** In microseconds. */
export const timeAbove0 = (example: string) =>
  withUnit(parseTime, { above: 0, what: 'a time above 0us', example });

/** As a fraction. */
export const percentage = (limits: Omit<Limits, 'what'>, what: string) =>
  withUnit(parsePercent, { ...limits, what });

/** In bytes; a bare number is bytes too. */
export const size = (example: string) =>
  z
    .union([z.number(), z.string()], wanted('a size', `Write one such as ${example}.`))
    .transform(quantity(parseSize, { what: 'a size', example }));

export const list = <Item extends z.ZodType>(item: Item, example: string) =>
  z.array(item, wanted('a list', `Write it as a list: ${example}.`));

export const dictionary = <Value extends z.ZodType>(value: Value, example: string) =>
  z.record(z.string(), value, wanted('a mapping', `Write ${example}.`));

export const refuse = (context: z.RefinementCtx, message: string, path: string[] = []) => {
  context.addIssue({ code: 'custom', message, path });
  return z.NEVER;
};

/** Variables of a process. */
export const env = dictionary(text('1'), "{ NAME: 'text' }").superRefine((given, context) => {
  for (const [name, value] of Object.entries(given)) {
    if (name === '' || name.includes('=') || name.includes('\0'))
      refuse(context, 'is not the name of a variable. Write one such as NAME.', [name]);
    if (value.includes('\0'))
      refuse(context, `${shown(value)} cannot be a variable. Remove the zero byte.`, [name]);
  }
});

/** The last day that counts, in UTC. */
export const day = textLike(/^\d{4}-\d\d-\d\d$/, 'a day', '2024-04-20').refine(
  (given) => {
    const date = new Date(given);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(given);
  },
  {
    error: ({ input }) =>
      `${shown(input)} is not a day of the calendar. Write one such as 2024-04-20.`,
  },
);

/** Exact versions of packages, by their names. */
export const pins = dictionary(
  textLike(/^\d[\w.+!-]*$/, 'an exact version', '2.31.0'),
  '{ requests: 2.31.0 }',
).superRefine((given, context) => {
  for (const name of Object.keys(given))
    if (!/^(@[\w.-]+\/)?[A-Za-z0-9][\w.-]*$/.test(name))
      refuse(context, 'is not the name of a package. Write one such as requests.', [name]);
});
