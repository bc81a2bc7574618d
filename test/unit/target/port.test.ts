import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freePort, releasePort } from '../../../src/target/command/port.ts';

const firstEphemeral = Number.parseInt(
  readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'),
  10,
);

it('a port is given to one at a time, and is none that a connection could be given', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort('127.0.0.1')));
  for (const port of ports) releasePort(port);
  expect(new Set(ports).size).toBe(50);
  if (firstEphemeral > 20_000) expect(Math.max(...ports)).toBeLessThan(firstEphemeral);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(1_024);
});
