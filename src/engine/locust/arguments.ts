import { type Load, usersOf } from '../../model/settings.ts';

/** Of the master. */
export const address = '127.0.0.1';
const workersWithinS = 60;

export interface LocustRun {
  readonly file: string;
  /** All workers together. */
  readonly users: number;
  /** `https://127.0.0.1:8443` */
  readonly host: string;
}

/** Closed load is said per worker. */
export const totalUsersOf = (load: Exclude<Load, { model: 'open' }>, workers: number): number =>
  load.model === 'closed' ? load.connections * workers : usersOf(load);

// Options that every release since 2.17 has. Locust's log goes to standard error, whose end is kept.
const common = (file: string): readonly string[] => ['-f', file, '--skip-log-setup'];

/** All users at once. */
export const localArguments = ({ file, users, host }: LocustRun): readonly string[] => [
  ...common(file),
  ...['--headless', '--only-summary', '--host', host],
  ...['--users', String(users), '--spawn-rate', String(users)],
];

export const masterArguments = (
  run: LocustRun,
  port: number,
  workers: number,
): readonly string[] => [
  ...localArguments(run),
  ...['--master', '--master-bind-host', address, '--master-bind-port', String(port)],
  ...['--expect-workers', String(workers), '--expect-workers-max-wait', String(workersWithinS)],
];

export const workerArguments = (file: string, port: number): readonly string[] => [
  ...common(file),
  ...['--worker', '--master-host', address, '--master-port', String(port)],
];
