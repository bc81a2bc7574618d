import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../src/process/identity.ts';
import { becomeWriter, isBeingWritten } from '../../../src/store/writers.ts';
import { freshFolder } from '../../support/bench.ts';

const writtenBy = (folder: string, n: number, writer: object): void =>
  writeFileSync(path.join(folder, `writer.${n}`), JSON.stringify({ host: hostname(), ...writer }));

describe('the writer of a journal', () => {
  it('is one process, as long as it runs', () => {
    const folder = freshFolder();
    expect(isBeingWritten(folder)).toBe(false);
    expect(becomeWriter(folder)).toBe(1);
    expect(isBeingWritten(folder)).toBe(true);
    expect(() => becomeWriter(folder)).toThrow(
      `is still being measured, by process ${process.pid}`,
    );
  });

  it('is followed by another once it was killed', async () => {
    const folder = freshFolder();
    const child = spawn('sleep', ['1000']);
    await once(child, 'spawn');
    writtenBy(folder, 1, identityOf(child.pid ?? 0));
    expect(isBeingWritten(folder)).toBe(true);
    expect(() => becomeWriter(folder)).toThrow('still being measured');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isBeingWritten(folder)).toBe(false);
    expect(becomeWriter(folder)).toBe(2);
    expect(JSON.parse(readFileSync(path.join(folder, 'writer.2'), 'utf8')).pid).toBe(process.pid);
  });

  it('is not a later process that was given its number', () => {
    const folder = freshFolder();
    writtenBy(folder, 3, { pid: process.pid, began: 'another boot 17' });
    expect(becomeWriter(folder)).toBe(4);
  });

  it('is dead where its file was lost in a crash', () => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'writer.1'), '');
    expect(becomeWriter(folder)).toBe(2);
  });

  it('on another machine is not taken for dead', () => {
    const folder = freshFolder();
    writtenBy(folder, 1, { host: 'elsewhere', pid: 1, began: null });
    expect(() => becomeWriter(folder)).toThrow(/measured on elsewhere.*empty the file .*writer\.1/);
  });
});
