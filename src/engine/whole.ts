import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { micros } from '../model/units.ts';
import { cpuTimeOf, residentBytesOf } from '../process/cpu-time.ts';
import type { Program } from '../process/program.ts';
import type { WholeClient } from './engine.ts';
import type { AimedProgram } from './stock.ts';

const startDeadlineMs = 15_000;
/** How finely the beginning and the end of a run are seen: a few thousandths of its length. */
const lookMs = 2;

/** A fresh program for each slice. It counts from its first connection to its end, and so do we. */
export function wholeClient(aimed: AimedProgram): WholeClient {
  let rssBytes = 0;
  let p90Ms = 0;
  return {
    kind: 'whole',
    workers: [{ pid: null, core: aimed.core }],
    run: async (ms) => {
      const program = aimed.launch(aimed.engine);
      await connected(program, aimed.port);
      const startedAt = performance.now();
      const before = cpuTimeOf(program.pid) ?? 0;
      await wait(ms);
      rssBytes = residentBytesOf(program.pid) ?? rssBytes;
      // Both programs go on for some 100 ms after they are told to end, and count what they do in it. A thread that
      // ends takes its time along, so the largest reading is the last one that saw them all.
      let spent = cpuTimeOf(program.pid) ?? before;
      const looking = setInterval(() => {
        spent = Math.max(spent, cpuTimeOf(program.pid) ?? 0);
      }, lookMs);
      try {
        const printed = await aimed.end(program, 'program');
        const wallUs = micros((performance.now() - startedAt) * 1000);
        p90Ms = printed.p90Ms;
        const { requests, errors } = printed.counts;
        return { wallUs, cpuUs: micros(spent - before), requests, errors };
      } finally {
        clearInterval(looking);
      }
    },
    p90Ms: () => p90Ms,
    finish: () => Promise.resolve(aimed.finished(rssBytes)),
  };
}

/** @throws ChildFailure where it does not connect in time. */
async function connected(program: Program, port: number): Promise<void> {
  const deadline = performance.now() + startDeadlineMs;
  while (!isConnected(connections(program), port)) {
    program.mustRun();
    if (performance.now() > deadline) throw program.failure('opened no connection');
    await wait(lookMs);
  }
}

function connections(program: Program): string {
  try {
    return readFileSync('/proc/net/tcp', 'utf8');
  } catch {
    throw program.failure('does not show its connections: run it on Linux, or use engine http');
  }
}

/** Whether somebody is connected to this port. A line: `0: 0100007F:CE9A 0100007F:1F90 01 …`, local, remote, state 01 for established. */
export const isConnected = (table: string, port: number): boolean => {
  const remote = port.toString(16).toUpperCase().padStart(4, '0');
  return new RegExp(`^ *\\d+: [0-9A-F]{8}:[0-9A-F]{4} [0-9A-F]{8}:${remote} 01 `, 'm').test(table);
};
