import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cpuTimeOf } from '../../../src/process/cpu-time.ts';
import { Program } from '../../../src/process/program.ts';
import { until } from '../../support/until.ts';

/** Burns 300 ms of CPU by its own account, then waits; told to end, it says what it has used. */
const burner = `
const used = () => { const { user, system } = process.cpuUsage(); return user + system; };
while (used() < 300_000);
process.on('SIGINT', () => { console.log(used()); process.exit(0); });
setInterval(() => {}, 1 << 30);
`;
const endless = `process.on('SIGINT', () => {}); for (;;);`;

/** Each thread stops on its own: V8's go on for microseconds after the main one. */
const isStopped = (pid: number): boolean =>
  readdirSync(`/proc/${pid}/task`).every((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] === 'T';
  });

const nodeProgram = (script: string): Program =>
  new Program({
    ...{ name: 'a program', file: process.execPath, args: ['-e', script] },
    ...{ env: { PATH: process.env.PATH ?? '' }, core: null },
  });

describe('a program that is not ours', () => {
  it('is measured from outside as it measures itself', async () => {
    const program = nodeProgram(burner);
    try {
      await until(() => (cpuTimeOf(program.pid) ?? 0) > 300_000);
      program.rest();
      const read = cpuTimeOf(program.pid) ?? 0;
      const said = Number(await program.interrupt(5_000, 'until it ends'));
      // What it does after it has been read is to wake up and to say so.
      expect(said - read).toBeGreaterThan(-1_000);
      expect(said - read).toBeLessThan(50_000);
    } finally {
      await program.stop();
    }
  });

  it('burns nothing while it rests, however busy it is, and goes on after', async () => {
    const program = nodeProgram(endless);
    try {
      await until(() => (cpuTimeOf(program.pid) ?? 0) > 50_000);
      program.rest();
      await until(() => isStopped(program.pid));
      const resting = cpuTimeOf(program.pid);
      await wait(100);
      expect(cpuTimeOf(program.pid)).toBe(resting);
      program.resume();
      await until(() => (cpuTimeOf(program.pid) ?? 0) > (resting ?? 0) + 20_000);
    } finally {
      await program.stop();
    }
  });

  it('that does not end when it is asked is ended, and the failure says so', async () => {
    const program = nodeProgram(endless);
    await until(() => (cpuTimeOf(program.pid) ?? 0) > 50_000);
    program.rest();
    await expect(program.interrupt(200, 'until it ends')).rejects.toThrow(
      /a program \(pid \d+\) did not end within 200 ms of SIGINT/,
    );
    expect(cpuTimeOf(program.pid)).toBeNull();
    expect(() => program.rest()).toThrow(/did not end within/);
  });

  it('that is not there fails in one line, and no other process is signalled', async () => {
    const program = new Program({
      ...{ name: 'a program', file: '/nowhere/wrk', args: [], env: {}, core: null },
    });
    expect(() => program.rest()).toThrow(/a program .* could not start/);
    await program.stop();
  });
});
