import { z } from 'zod';
import type { Load, Users } from '../model/settings.ts';
import { above0, object, oneOf, refuse, whole } from './fields.ts';
import { parsePercent } from './quantities.ts';
import { shown } from './wording.ts';

const users = z
  .union([z.number(), z.string()], { error: ({ input }) => noUsers(input) })
  .transform((given, context): Users => {
    if (typeof given === 'number') {
      return Number.isSafeInteger(given) && given >= 1
        ? { kind: 'fixed', users: given }
        : refuse(context, noUsers(given));
    }
    const read = parsePercent(given);
    return read.ok && read.value > 0
      ? { kind: 'capacity', share: read.value }
      : refuse(context, noUsers(given));
  });

const noUsers = (given: unknown): string =>
  `${shown(given)} is not a number of users. Write one such as 100, or a share of what the baseline can carry, such as 75%.`;

/** The keys of all models: an overlay may say some of them and leave the model to the base. */
export const loadKeys = object({
  model: oneOf(['closed', 'constant-throughput', 'open']).optional(),
  connections: whole(1, 8).optional(),
  users: users.optional(),
  perUser: above0(1).optional(),
  rate: above0(100).optional(),
  arrivals: oneOf(['constant', 'poisson']).optional(),
});

const modelOfKey = {
  connections: 'closed',
  users: 'constant-throughput',
  perUser: 'constant-throughput',
  rate: 'open',
  arrivals: 'open',
} as const satisfies Record<string, Load['model']>;

export const load = loadKeys.transform(({ model = 'closed', ...keys }, context): Load => {
  for (const [key, owner] of Object.entries(modelOfKey))
    if (key in keys && owner !== model)
      return refuse(
        context,
        `belongs to a load whose model is ${owner}, and this one is ${model}. Write model: ${owner} beside it, or remove it.`,
        [key],
      );
  const needs = (key: string, example: number) =>
    refuse(context, `${model} needs ${key}. Write ${key}: ${example} beside it.`, ['model']);
  if (model === 'closed') return { model, connections: keys.connections ?? 8 };
  if (model === 'open')
    return keys.rate === undefined
      ? needs('rate', 100)
      : { model, rate: keys.rate, arrivals: keys.arrivals ?? 'constant' };
  return keys.users === undefined
    ? needs('users', 100)
    : { model, users: keys.users, perUser: keys.perUser ?? 1 };
});
