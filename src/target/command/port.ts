import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { messageOf } from '../../model/failure.ts';
import { ChildFailure } from '../../process/child.ts';

/** Both arms start at the same time: one may be offered a port again that another has not opened yet. */
const inUse = new Set<number>();

/** Five digits, as ephemeral ports have by default: both arms' ports are equally long. */
const lowest = 10_000;
const tries = 20;

/**
 * A port of this address that is free now, and is given to nobody else before it is released. Below the ephemeral ones where there is
 * room: of those the kernel may give one to any connection before the target has opened it.
 * @throws ChildFailure where the kernel has none.
 */
export async function freePort(host: string): Promise<number> {
  const firstEphemeral = ephemeralFrom();
  for (let tried = 0; tried < tries && firstEphemeral > lowest; tried += 1) {
    const port = await opened(host, randomInt(lowest, firstEphemeral)).catch(() => null);
    if (port !== null && reserve(port)) return port;
  }
  for (;;) {
    const port = await opened(host, 0).catch((error: unknown) => {
      throw new ChildFailure(`no port for the target: ${messageOf(error)}`, '');
    });
    if (reserve(port)) return port;
  }
}

export const releasePort = (port: number): void => void inUse.delete(port);

function reserve(port: number): boolean {
  if (inUse.has(port)) return false;
  inUse.add(port);
  return true;
}

/** 0 where the kernel does not say. */
function ephemeralFrom(): number {
  try {
    return Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10);
  } catch {
    return 0;
  }
}

async function opened(host: string, port: number): Promise<number> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const { port: found } = server.address() as AddressInfo;
  server.close();
  return found;
}
