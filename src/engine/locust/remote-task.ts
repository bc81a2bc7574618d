import { shareOf } from '../cooperative.ts';
import type { ClientStart } from '../engine.ts';
import { totalUsersOf } from './arguments.ts';
import { loadOf, taskOf } from './load.ts';
import { locustfileOf } from './locustfile.ts';
import type { LocustWorkerTask } from './task.ts';

/** What a worker on another machine is told: all that it needs, because it shares no file with us. */
export interface RemoteTask extends Omit<LocustWorkerTask, 'arguments'> {
  /** Of its locustfile. */
  readonly text: string;
  /** What the text reads from the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** `https://192.0.2.10:8443` */
  readonly base: string;
}

/** As python/bench_agent/remote.py keeps it, in the folder that the worker runs in. */
const trusted = 'trusted.pem';

/** One for each of the workers. */
export function remoteTasks(options: ClientStart, port: number): readonly RemoteTask[] {
  const { name, settings, declared, host } = options;
  const { workers, locustfile } = settings.client;
  if (locustfile?.kind !== 'written') throw new Error('planning refuses files of the user');
  const told = { title: name, userClass: locustfile.userClass, caFile: trusted };
  const { text, requests, env } = locustfileOf(settings, declared, told);
  const load = loadOf(settings);
  const users = totalUsersOf(load, workers);
  const scheme = settings.connection.tls === 'none' ? 'http' : 'https';
  return Array.from({ length: workers }, (_, worker) => ({
    ...{ kind: 'worker', file: 'locustfile.py', isOwnFile: false },
    users: shareOf(users, workers, worker),
    ...{ host, port, base: `${scheme}://${host}:${port}` },
    ...{ load: taskOf(load, settings), requests, text, env },
  }));
}
