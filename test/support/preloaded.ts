import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
// The built ones: they start the files that lie beside them.
import { httpEngine } from '../../dist/engine/http.js';
import { startBuiltinTarget } from '../../dist/target/start.js';
import type { Counts } from '../../src/model/counts.ts';
import { makeCertificates, servername } from '../../src/target/certificates.ts';
import { writeTrust } from '../../src/target/trust.ts';
import { plan } from '../fixtures/matrix/planned.ts';
import { freshFolder } from './bench.ts';

/** What a preload of bench/detector/inject wrote of its own process. */
interface Counted {
  readonly requests: number;
  readonly injected: number;
  readonly usEach?: number;
}

export interface Sent {
  /** By the tool's own counts. */
  readonly client: Counts;
  readonly target: Counts;
  readonly latency: Histogram;
  /** By the preloads. */
  readonly inWorkers: readonly Counted[];
  readonly inTarget: Counted;
}

interface Preload {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Sending {
  readonly requests: number;
  readonly connection?: string;
  readonly workers?: number;
  readonly client?: Preload;
  readonly target?: Preload;
}

const nothing: Preload = { name: 'nothing' };

function environment({ name, env }: Preload, log: string): Record<string, string> {
  const file = fileURLToPath(new URL(`../../bench/detector/inject/${name}.cjs`, import.meta.url));
  const { PATH = '' } = process.env;
  return { PATH, ...env, NODE_OPTIONS: `--require=${file}`, INJECT_LOG: log, BENCH_RUN: 'counted' };
}

/** Requests from real workers to a real target, each with a preload, and what both sides counted. */
export async function sendPreloaded(sending: Sending): Promise<Sent> {
  const { requests, connection = '{}', workers = 1 } = sending;
  const folder = freshFolder();
  const [cell] = plan(`axes: { version: { v1: {}, v2: {} } }\nconnection: ${connection}`).cells;
  const settings = cell.arms.baseline;
  const { tls, ca } = settings.connection;
  const { authority, leaf } = await makeCertificates('ecdsa');
  const host = '127.0.0.1';
  const stops: (() => Promise<void>)[] = [];
  const started = (stop: () => Promise<void>): void => void stops.push(stop);
  try {
    const target = await startBuiltinTarget({
      ...{ name: 'target', core: null, started },
      env: environment(sending.target ?? nothing, folder),
      task: {
        ...{ host, bodyBytes: 13, delayMs: 0 },
        ...(tls === 'none' ? { tls, certificate: null } : { tls, certificate: leaf }),
      },
    });
    const client = await httpEngine.start({
      ...{ name: 'client', settings, runtime: process.execPath, started },
      ...{ declared: settings, place: { runFolder: folder, name: 'client' } },
      ...{ program: '', served: async () => 0, resolver: Promise.resolve(null) },
      ...{
        host,
        port: Promise.resolve(target.port),
        servername,
        caFile: writeTrust(folder, ca, authority, 0).file,
      },
      env: environment(sending.client ?? nothing, folder),
      cores: Array.from({ length: workers }, () => null),
    });
    if (client.kind !== 'cooperative') throw new Error('engine http cooperates');
    await client.slice(requests, true, 10_000);
    const [ended] = await client.finish();
    const { counts } = await target.finish();
    if (counts === null) throw new Error('the built-in target counts');
    const countedBy = ({ pid }: { readonly pid: number | null }): Counted =>
      JSON.parse(readFileSync(path.join(folder, 'counted', `${pid}.json`), 'utf8')) as Counted;
    return {
      ...{ client: client.counts(), target: counts },
      latency: decodeFromCompressedBase64(ended?.latency ?? ''),
      ...{ inWorkers: client.workers.map(countedBy), inTarget: countedBy(target) },
    };
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}
