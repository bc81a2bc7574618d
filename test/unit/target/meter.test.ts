import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CpuMeter, withMeter } from '../../../src/target/command/meter.ts';
import { freshFolder } from '../../support/bench.ts';

let meter: CpuMeter | null = null;
afterEach(() => meter?.close());

/** A process that has used this much, as its preload says it; null for one that never answers. */
async function reporter(socket: string, cpuUs: number | null) {
  const connection = connect(socket);
  if (cpuUs !== null) connection.on('data', () => connection.write(`${cpuUs}\n`));
  await once(connection, 'connect');
  return connection;
}

describe('the meter of a target', () => {
  it('sums over processes, and forgets none that has ended', async () => {
    meter = await CpuMeter.open(freshFolder(), 'target');
    expect(await meter.read()).toBeNull();
    await reporter(meter.socket, 1_000);
    const other = await reporter(meter.socket, 200);
    expect(await meter.read()).toBe(1_200);
    // What it says on its way out.
    other.end('250\n');
    await once(other, 'close');
    expect(await meter.read()).toBe(1_250);
  });

  it('does not wait twice for a process that is stuck', async () => {
    meter = await CpuMeter.open(freshFolder(), 'target');
    await reporter(meter.socket, 1_000);
    await reporter(meter.socket, null);
    expect(await meter.read()).toBe(1_000);
    const before = performance.now();
    expect(await meter.read()).toBe(1_000);
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('has a socket whose path is short enough, however deep the run lies', async () => {
    meter = await CpuMeter.open(path.join(freshFolder(), 'x'.repeat(120)), 'target');
    expect(Buffer.byteLength(meter.socket)).toBeLessThan(104);
  });

  it('takes the place of one that a killed run left behind', async () => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'target.sock'), '');
    meter = await CpuMeter.open(folder, 'target');
    await reporter(meter.socket, 70);
    expect(await meter.read()).toBe(70);
  });

  it('keeps the options of the user beside its own', () => {
    expect(withMeter('--no-warnings')).toMatch(/^--require ".*agent\.cjs" --no-warnings$/);
    expect(withMeter(undefined)).toMatch(/^--require ".*agent\.cjs"$/);
  });
});
