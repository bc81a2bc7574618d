import { setTimeout as wait } from 'node:timers/promises';
import { BenchFailure } from '../../model/failure.ts';
import type { SubjectFingerprint } from '../../model/fingerprint.ts';
import { cooperativeClient } from '../cooperative.ts';
import type { Crew, CrewStart } from '../crew.ts';
import type { ClientStart, CooperativeClient } from '../engine.ts';
import { RemoteMaster, type RemoteWorker } from './remote-master.ts';
import type { Listening } from './remote-protocol.ts';
import { type RemoteTask, remoteTasks } from './remote-task.ts';
import { runRestart } from './restart.ts';

const lookMs = 50;
/** A worker builds its users in it. */
const configureDeadlineMs = 30_000;

/** @throws ChildFailure where the master does not listen. */
export async function startCrew(start: CrewStart): Promise<Crew> {
  const master = new RemoteMaster<RemoteTask>(start);
  try {
    const listening = await master.listening();
    return new LocustCrew(start, master, listening);
  } catch (error) {
    await master.stop();
    throw error;
  }
}

class LocustCrew implements Crew {
  readonly needs: string;
  readonly command: string;
  private readonly options: CrewStart;
  private readonly master: RemoteMaster<RemoteTask>;
  private readonly locust: string;
  /** Restarted, and no launch has had them yet. */
  private isFresh = false;

  constructor(options: CrewStart, master: RemoteMaster<RemoteTask>, listening: Listening) {
    this.options = options;
    this.master = master;
    this.locust = listening.locust;
    this.needs = `locust==${listening.locust}`;
    const url = `http://${options.remote.listen}:${listening.filePort}/`;
    this.command = `curl -fsS ${url} -o bench-worker.pyz && python3 bench-worker.pyz`;
  }

  async gather(): Promise<SubjectFingerprint> {
    await this.restart();
    return fingerprintOf(await this.gathered());
  }

  async start(start: ClientStart): Promise<CooperativeClient> {
    if (!this.isFresh) await this.restart();
    this.isFresh = false;
    const workers = await this.gathered();
    const tasks = remoteTasks(start, await start.port);
    const talks = this.master.nextTurn(workers);
    const configured = talks.map(async (talk, worker) => {
      const task = tasks[worker];
      if (task === undefined) throw new Error(`worker ${worker} has no task`);
      const question = { kind: 'configure', load: 0, task } as const;
      return (await talk.ask(question, 'configured', configureDeadlineMs)).counts;
    });
    const counts = await Promise.all(configured);
    const each = talks.map((talk) => ({
      child: { pid: null, ask: talk.ask.bind(talk) },
      core: null,
    }));
    return cooperativeClient<RemoteTask>(each, { load: 0, isAlone: true, counts });
  }

  stop(): Promise<void> {
    return this.master.stop();
  }

  /** Where the matrix says how. */
  private async restart(): Promise<void> {
    const { name, env, remote } = this.options;
    if (remote.restart === null) return;
    this.master.dismiss();
    const told = { BENCH_WORKER_COMMAND: this.command, BENCH_WORKER_NEEDS: this.needs };
    const { withinMs } = remote;
    await runRestart(remote.restart, { name, env: { ...env, ...told }, withinMs });
    this.isFresh = true;
  }

  /** As many as are expected; others wait for one of them to go. */
  private async gathered(): Promise<readonly RemoteWorker[]> {
    const { name, workers: expected, remote, say, aborted } = this.options;
    const deadline = performance.now() + remote.withinMs;
    let told = -1;
    for (;;) {
      aborted();
      const here = this.master.here();
      for (const worker of here) this.refuseOther(worker);
      if (here.length >= expected) return here.slice(0, expected);
      if (performance.now() > deadline) throw this.tooFew(here);
      if (told !== here.length) say(`${name}: ${hereWords(here, expected)}`);
      told = here.length;
      await wait(lookMs);
    }
  }

  /** @throws BenchFailure where it runs another release than its master. */
  private refuseOther({ about: { address, locust } }: RemoteWorker): void {
    if (locust === this.locust) return;
    throw new BenchFailure(
      'configuration',
      `${this.options.name}: the worker at ${address} runs Locust ${locust}, and this arm Locust ${this.locust}. Start it with a python3 that has ${this.needs}.`,
    );
  }

  private tooFew(here: readonly RemoteWorker[]): BenchFailure {
    const { name, workers, remote } = this.options;
    return new BenchFailure(
      'unmeasurable',
      `${name}: ${hereWords(here, workers)} after ${Math.round(remote.withinMs / 1000)} s. Start the others with \`${this.command}\`, or raise client.workers.within.`,
    );
  }
}

/** `3 of 5 workers have come, from 10.0.0.2, 10.0.0.3, 10.0.0.4` */
export const hereWords = (here: readonly RemoteWorker[], expected: number): string => {
  const from = here.map(({ about }) => about.address).join(', ');
  return `${here.length} of ${expected} workers have come${from === '' ? '' : `, from ${from}`}`;
};

/** Distinct values of all workers, one after the other. */
export function fingerprintOf(workers: readonly RemoteWorker[]): SubjectFingerprint {
  const each = workers.map(({ about: { distributions, python, openssl } }) => ({
    ...distributions,
    // As the arms that run here say it.
    ...{ python, openssl: openssl.replace(/^OpenSSL (\S+).*/, '$1') },
  }));
  const keys = new Set(each.flatMap(Object.keys));
  return Object.fromEntries(
    [...keys].map((key) => {
      const values = new Set(
        each.map((one: Readonly<Record<string, string>>) => one[key] ?? 'none'),
      );
      return [key, [...values].sort().join(', ')];
    }),
  );
}
