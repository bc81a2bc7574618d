import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BenchFailure } from '../../model/failure.ts';
import type { World } from '../world.ts';

const commit = z.object({ sha: z.string() });
/** What is read of a webhook's payload: docs.github.com, Webhook events and payloads. */
const payload = z.object({
  pull_request: z.object({ number: z.int(), base: commit, head: commit }).optional(),
  merge_group: z.object({ base_sha: z.string(), head_sha: z.string() }).optional(),
  /** Of a push: where the branch was; zeros where it is new. */
  before: z.string().optional(),
  repository: z.object({ default_branch: z.string() }).optional(),
});

/** Why the workflow runs. */
export type Event = z.infer<typeof payload> & { readonly name: string };

/** @throws BenchFailure where there is no payload. */
export function eventOf({ env }: Pick<World, 'env'>): Event {
  const { GITHUB_EVENT_PATH: file = '', GITHUB_EVENT_NAME: name = '' } = env;
  try {
    return { name, ...payload.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  } catch {
    throw new BenchFailure(
      'configuration',
      'GITHUB_EVENT_PATH: names no payload of an event. Run this as a step of a GitHub workflow.',
    );
  }
}
