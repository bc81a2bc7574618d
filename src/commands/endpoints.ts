import { BenchFailure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import { type Settings, type TargetSettings, withRequests } from '../model/settings.ts';
import { isLoopback } from '../model/url.ts';
import { expanded } from '../model/variables.ts';
import { type Endpoint, locate } from '../target/url/locate.ts';
import type { World } from './world.ts';

/** Where the targets are that run already, by their URLs as the matrix has them. */
export type Endpoints = ReadonlyMap<string, Endpoint>;

/**
 * Looks each up once. Before the first request to another machine its address is printed.
 * @throws BenchFailure `configuration` for another machine that was not allowed.
 */
export async function locateTargets(
  { cells }: Plan,
  allowRemote: boolean,
  { env, stderr }: Pick<World, 'env' | 'stderr'>,
): Promise<Endpoints> {
  const targets = cells.flatMap(({ arms }) => [arms.baseline.target, arms.candidate.target]);
  const urls = new Set(targets.flatMap((target) => (target.kind === 'url' ? target.url : [])));
  const endpoints = new Map<string, Endpoint>();
  for (const url of urls) endpoints.set(url, await locate(expanded(url, env), url));
  for (const [url, { address, port }] of endpoints) {
    if (isLoopback(address)) continue;
    if (!allowRemote) {
      throw new BenchFailure(
        'configuration',
        `target.url: ${url} is ${address}, which is not this machine. Add --allow-remote where you may send load to it.`,
      );
    }
    stderr.write(`sends to another machine: ${url}, ${address}:${port}\n`);
  }
  return endpoints;
}

/** Null of a target that the run starts. */
export const endpointOf = (target: TargetSettings, endpoints: Endpoints): Endpoint | null =>
  target.kind === 'url' ? (endpoints.get(target.url) ?? null) : null;

/** A server may answer by its name: requests say the one of the URL, whatever address they go to. */
export const namedIn = (settings: Settings, endpoint: Endpoint | null): Settings =>
  endpoint === null
    ? settings
    : { ...settings, scenario: withRequests(settings.scenario, (one) => withHost(one, endpoint)) };

const withHost = <R extends { readonly headers: Readonly<Record<string, string>> }>(
  request: R,
  { authority }: Endpoint,
): R =>
  Object.keys(request.headers).some((name) => name.toLowerCase() === 'host')
    ? request
    : { ...request, headers: { Host: authority, ...request.headers } };
