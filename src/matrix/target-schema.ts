import type { z } from 'zod';
import type { TargetSettings } from '../model/settings.ts';
import {
  day,
  duration,
  durationAbove0,
  env,
  flag,
  object,
  oneOf,
  pins,
  refuse,
  size,
  text,
  urlPath,
} from './fields.ts';
import { parseRuntime } from './runtime.ts';
import { parseTargetVersion } from './target-version.ts';
import { servername, targetUrl, urlTarget } from './url-schema.ts';
import { shown } from './wording.ts';

const command = (example: string) =>
  text(example).refine((given) => given.trim() !== '' && !given.includes('\0'), {
    error: ({ input }) => `${shown(input)} is not a command. Write one such as "${example}".`,
  });

const version = text('git:main').transform(
  (given, context) =>
    parseTargetVersion(given) ??
    refuse(
      context,
      `${shown(given)} is not a version of a server. Write git:main, git:WORKTREE or npm:fastify@5.`,
    ),
);

const runtime = text('node@20').transform((given, context) => {
  const read = parseRuntime(given);
  if (read !== null && ['npm', 'path', 'current'].includes(read.kind)) return read;
  return refuse(
    context,
    `${shown(given)} is not a Node runtime. Write node@20, a path that begins with / or ./, or current.`,
  );
});

const folder = text('./server').refine((given) => given !== '' && !given.includes('\0'), {
  error: ({ input }) => `${shown(input)} is not a folder. Write one such as "./server".`,
});

const ready = object({
  path: urlPath.optional(),
  within: durationAbove0('10s').optional(),
});

/** The keys of both kinds: an overlay may say some of them and leave the kind to the base. */
export const targetKeys = object({
  builtin: oneOf(['hello']).optional(),
  bodyBytes: size('13 or 1kB').optional(),
  delay: duration('10ms').optional(),
  start: command('node server.mjs').optional(),
  setup: command('npm ci').optional(),
  folder: folder.optional(),
  version: version.optional(),
  runtime: runtime.optional(),
  asOf: day.optional(),
  with: pins.optional(),
  url: targetUrl.optional(),
  servername: servername.optional(),
  verify: flag.optional(),
  ready: ready.optional(),
  key: oneOf(['ecdsa', 'rsa']).optional(),
  env: env.optional(),
});

export type Said = z.output<typeof targetKeys>;

const builtinKeys = ['builtin', 'bodyBytes', 'delay'] as const satisfies (keyof Said)[];
const startKeys = [
  ...(['ready', 'version', 'setup', 'folder', 'runtime', 'asOf', 'with'] as const),
] satisfies (keyof Said)[];
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
      const stray = startKeys.find((name) => said[name] !== undefined);
      if (stray !== undefined)
        return refuse(
          context,
          "belongs to a target that a command starts. Write start: 'node server.mjs' beside it, or remove it.",
          [stray],
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
    const { version: from = { kind: 'folder' } as const, setup = null, with: pinned = {} } = said;
    if (from.kind !== 'npm') {
      if (Object.keys(pinned).length > 0)
        return refuse(
          context,
          'goes with a version such as npm:fastify@5. Pin it in the package.json of the server, or remove it.',
          ['with'],
        );
      if (said.asOf !== undefined && setup === null)
        return refuse(
          context,
          'has nothing to resolve. Write the setup that installs, such as "npm install", or remove it.',
          ['asOf'],
        );
    }
    const { path = '/', within = 10_000 } = said.ready ?? {};
    return {
      ...{ kind: 'start', start, key, env: variables, ready: { path, withinMs: within } },
      ...{ version: from, setup, folder: said.folder ?? '.', runtime: said.runtime ?? null },
      ...{ asOf: said.asOf ?? null, with: pinned },
    };
  },
);
