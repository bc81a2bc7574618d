import { cooperativeClient, startWorkers } from './cooperative.ts';
import type { ClientStart, CooperativeClient, Engine } from './engine.ts';
import {
  type LocustRun,
  localArguments,
  totalUsersOf,
  workerArguments,
} from './locust/arguments.ts';
import { startCrew } from './locust/crew.ts';
import { keptFile } from './locust/kept.ts';
import { loadOf, taskOf } from './locust/load.ts';
import { startMaster } from './locust/master.ts';
import { locustCommand, startDeadlineMs } from './locust/process.ts';
import { refusedByLocust } from './locust/refused.ts';
import type { LocustTask, LocustWorkerTask } from './locust/task.ts';

/** Locust from PyPI: its own command, its own users, and our agent in each of its processes. */
export const locustEngine: Engine = {
  name: 'locust',
  refuses: refusedByLocust,
  start,
  startShared: null,
  startCrew,
};

/** One worker runs by itself; several have a master that spreads the users, and are told by us when to work. */
async function start(options: ClientStart): Promise<CooperativeClient> {
  const { cores, settings, host } = options;
  const load = loadOf(settings);
  const kept = keptFile(options);
  const command = locustCommand(options, kept.env);
  const [port, workers, master] = await Promise.all([
    options.port,
    startWorkers<LocustTask>(options, () => command, startDeadlineMs),
    cores.length === 1 ? null : startMaster(options, command),
  ]);
  const scheme = settings.connection.tls === 'none' ? 'http' : 'https';
  const run: LocustRun = {
    file: kept.path,
    users: totalUsersOf(load, cores.length),
    host: `${scheme}://${host}:${port}`,
  };
  await master?.lead(run);
  const task: LocustWorkerTask = {
    ...{ kind: 'worker', file: run.file, users: Math.floor(run.users / cores.length) },
    arguments: master === null ? localArguments(run) : workerArguments(run.file, master.port),
    ...{ host, port, load: taskOf(load, settings) },
    ...{ requests: kept.requests, isOwnFile: kept.isOwn },
  };
  const [configured] = await Promise.all([
    Promise.all(
      workers.map(({ child }) =>
        child.ask({ kind: 'configure', load: 0, task }, 'configured', startDeadlineMs),
      ),
    ),
    master?.spawned(),
  ]);
  const counts = configured.map(({ counts }) => counts);
  return cooperativeClient(workers, { load: 0, isAlone: true, counts });
}
