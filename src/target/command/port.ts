import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { messageOf } from '../../model/failure.ts';
import { ChildFailure } from '../../process/child.ts';

/** Both arms start at the same time: the kernel may offer a port again that another has not opened yet. */
const inUse = new Set<number>();

/**
 * A port of this address that is free now, and is given to nobody else before it is released.
 * @throws ChildFailure where the kernel has none.
 */
export async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ChildFailure(`no port for the target: ${messageOf(error)}`, '');
  }
  const { port } = server.address() as AddressInfo;
  const again = inUse.has(port);
  const other = again ? freePort(host) : port;
  inUse.add(port);
  server.close();
  return other;
}

export const releasePort = (port: number): void => void inUse.delete(port);
