import { z } from 'zod';
import { durationAbove0, object, text, whole } from './fields.ts';
import { shown } from './wording.ts';

const listen = z
  .ipv4({
    error: ({ input }) =>
      `${input === undefined ? 'is missing' : `${shown(input)} is not an IPv4 address`}. Write the address of this machine that the workers reach, such as 192.0.2.10.`,
  })
  .refine((given) => given !== '0.0.0.0', {
    error: 'is no address that workers can reach. Write one of this machine, such as 192.0.2.10.',
  });

const remote = object({
  expect: whole(1, 5),
  listen,
  within: durationAbove0('5m').prefault('5m'),
  restart: text('./restart-workers')
    .min(1, 'is empty. Write a command, or remove the key.')
    .optional(),
}).transform(({ expect, listen, within, restart }) => ({
  workers: expect,
  remote: { listen, withinMs: within, restart: restart ?? null },
}));

/** How many load processes an arm has, and whether we start them. */
export const workers = z.union(
  [whole(1, 1).transform((count) => ({ workers: count, remote: null })), remote],
  {
    error: ({ input }) => `${shown(input)} is not a whole number from 1 up. Write one such as 1.`,
  },
);
