import { setTimeout as wait } from 'node:timers/promises';
import { micros } from '../model/units.ts';
import { cpuTimeOf, residentBytesOf } from '../process/cpu-time.ts';
import type { Program } from '../process/program.ts';
import type { PausedClient } from './engine.ts';
import type { AimedProgram } from './stock.ts';
import { wholeClient } from './whole.ts';

/** Long enough for some thousand requests, or a hundred slow ones. */
const probeMs = 150;
const startDeadlineMs = 15_000;
const lookMs = 10;
/** Clients take longer rests for time-outs: wrk reports them after 2 s, undici connects anew after 3.5 s. */
const longestRestMs = 1_000;

/** Starts the program and puts it to rest once it has sent requests. */
export async function startPaused(
  aimed: AimedProgram,
  served: () => Promise<number>,
): Promise<PausedClient> {
  const launched = async (what: string): Promise<Program> => {
    const before = await served();
    const program = aimed.launch(what);
    const deadline = performance.now() + startDeadlineMs;
    while ((await served()) === before) {
      program.mustRun();
      if (performance.now() > deadline) throw program.failure('sent no request');
      await wait(lookMs);
    }
    return program;
  };
  const program = await launched(aimed.engine);
  program.rest();
  let restingSince = performance.now();
  return {
    kind: 'paused',
    probe: async () => {
      const copy = await launched('probe');
      await wait(probeMs);
      return (await aimed.end(copy, 'probes')).p90Ms;
    },
    workers: [{ pid: program.pid, core: aimed.core }],
    cpuUs: () => {
      const read = cpuTimeOf(program.pid);
      if (read === null) throw program.failure('does not show its CPU time in /proc');
      return read;
    },
    run: async (ms, measured) => {
      const startedAt = performance.now();
      const rested = startedAt - restingSince;
      if (measured && rested > longestRestMs) {
        throw program.failure(
          `rested for ${Math.round(rested)} ms; more than ${longestRestMs} ms would count as time-outs`,
        );
      }
      program.resume();
      await wait(ms);
      program.rest();
      restingSince = performance.now();
      return micros((restingSince - startedAt) * 1000);
    },
    whole: async () => {
      await aimed.end(program, 'program');
      return wholeClient(aimed);
    },
    finish: async () => {
      const rssBytes = residentBytesOf(program.pid) ?? 0;
      await aimed.end(program, 'program');
      return aimed.finished(rssBytes);
    },
  };
}
