import { lookup } from 'node:dns/promises';
import { BenchFailure, messageOf } from '../../model/failure.ts';
import { parseTargetUrl, type TargetUrl } from '../../model/url.ts';

/** Where a target that runs already is, once its name has been looked up. */
export interface Endpoint extends TargetUrl {
  /** An IPv4 address: what is connected to from here on. */
  readonly address: string;
}

/**
 * By the system's own means, once for the whole run: both arms and all launches send to the same address.
 * @param url as it is, without variables.
 * @param shown as the user wrote it, for messages.
 * @throws BenchFailure `configuration` where its name has no IPv4 address.
 */
export async function locate(url: string, shown: string): Promise<Endpoint> {
  const parsed = parseTargetUrl(url);
  if (typeof parsed === 'string') throw new BenchFailure('configuration', `target.url: ${parsed}`);
  try {
    const { address } = await lookup(parsed.host, { family: 4 });
    return { ...parsed, address };
  } catch (error) {
    throw new BenchFailure(
      'configuration',
      `target.url: ${shown}: its name has no IPv4 address here (${messageOf(error)}). Correct the name, or write the address.`,
    );
  }
}
