import type { z } from 'zod';
import type { TargetSettings } from '../model/settings.ts';
import {
  duration,
  durationAbove0,
  env,
  flag,
  object,
  oneOf,
  refuse,
  size,
  text,
  urlPath,
} from './fields.ts';
import { servername, targetUrl, urlTarget } from './url-schema.ts';
import { shown } from './wording.ts';

const command = text('node server.mjs').refine(
  (given) => given.trim() !== '' && !given.includes('\0'),
  {
    error: ({ input }) => `${shown(input)} is not a command. Write one such as "node server.mjs".`,
  },
);

const ready = object({
  path: urlPath.optional(),
  within: durationAbove0('10s').optional(),
});

/** The keys of both kinds: an overlay may say some of them and leave the kind to the base. */
export const targetKeys = object({
  builtin: oneOf(['hello']).optional(),
  bodyBytes: size('13 or 1kB').optional(),
  delay: duration('10ms').optional(),
  start: command.optional(),
  url: targetUrl.optional(),
  servername: servername.optional(),
  verify: flag.optional(),
  ready: ready.optional(),
  key: oneOf(['ecdsa', 'rsa']).optional(),
  env: env.optional(),
});

export type Said = z.output<typeof targetKeys>;

const builtinKeys = ['builtin', 'bodyBytes', 'delay'] as const satisfies (keyof Said)[];
const urlKeys = ['servername', 'verify'] as const satisfies (keyof Said)[];
/** Chosen by the run for each process that it starts. */
const ours = /^(PORT|BENCH_.*)$/;

export const target: z.ZodType<TargetSettings, z.input<typeof targetKeys>> = targetKeys.transform(
  (said, context) => {
    if (said.url !== undefined) return urlTarget({ ...said, url: said.url }, context);
    const unserved = urlKeys.find((name) => said[name] !== undefined);
    if (unserved !== undefined)
      return refuse(
        context,
        'belongs to a target that runs already. Write url: http://127.0.0.1:3000 beside it, or remove it.',
        [unserved],
      );
    const { start, key = 'ecdsa', env: variables = {} } = said;
    if (start === undefined) {
      if (said.ready !== undefined)
        return refuse(
          context,
          "belongs to a target that a command starts. Write start: 'node server.mjs' beside it, or remove it.",
          ['ready'],
        );
      const { builtin = 'hello', bodyBytes = 13, delay = 0 } = said;
      return { kind: 'builtin', builtin, bodyBytes, delayMs: delay, key, env: variables };
    }
    const mixed = builtinKeys.find((name) => said[name] !== undefined);
    if (mixed !== undefined)
      return refuse(
        context,
        'belongs to the built-in target, and this one is started by a command. Remove it, or remove start.',
        [mixed],
      );
    const taken = Object.keys(variables).find((name) => ours.test(name));
    if (taken !== undefined)
      return refuse(context, 'is set by bench for each start. Remove it.', ['env', taken]);
    const { path = '/', within = 10_000 } = said.ready ?? {};
    return {
      ...{ kind: 'start', start, key, env: variables, ready: { path, withinMs: within } },
      // The file's own; the schema does not know it.
      folder: '.',
    };
  },
);
