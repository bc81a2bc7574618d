import { quote } from 'shell-quote';
import { type Listing, sourcesOf } from './listing.ts';
import { managerOf, manifestFile, type NodePackage } from './node-package.ts';
import { portOf } from './port.ts';
import { routesOf } from './routes.ts';
import type { Server } from './server.ts';

const listens = /\.listen\(|\bcreateServer\(|\bserve\(/;
const conventional = ['server', 'app', 'index', 'main', 'src/server', 'src/app', 'src/index'];

const ofDevelopment =
  /\b(nodemon|ts-node-dev|vite(?! preview)|next dev|nuxt dev|tsx watch)\b|--watch\b/;

interface Start {
  /** As the matrix says it. */
  readonly start: string;
  /** As the package says it. */
  readonly text: string;
  readonly from: string;
  /** The file that it runs, where that can be told. */
  readonly entry: string | null;
}

/** A Node server by its start script, its main file, its bin, or a name that servers have. */
export function nodeServer(listing: Listing, manifest: NodePackage): Server | null {
  const found = startOf(listing, manifest);
  if (found === null) return null;
  const { start, text, from, entry } = found;
  const sources = [
    ...new Set([...(entry === null ? [] : [entry]), ...sourcesOf(listing, 'node')]),
  ].filter((file) => listing.has(file));
  return {
    ...{ start, from, setup: setupOf(listing, manifest, entry) },
    env: { NODE_ENV: 'production' },
    port: portOf(listing, { text, file: manifestFile }, sources),
    routes: routesOf(listing, sources, 'node'),
    isForDevelopment: ofDevelopment.test(text),
  };
}

function startOf(listing: Listing, manifest: NodePackage): Start | null {
  const { scripts, main, bin } = manifest;
  const script = scripts.start;
  if (script !== undefined) {
    // One process fewer than through npm, and the same command.
    const runsNode = /^node(\s+--?[\w-]+(=\S+)?)*\s+[\w./@-]+$/.test(script);
    const isPlain = runsNode && scripts.prestart === undefined;
    const entry = isPlain ? fileNamed(listing, script.split(/\s+/).at(-1) ?? '') : null;
    const started = runsNode && entry === null ? (script.split(/\s+/).at(-1) ?? null) : entry;
    const start = isPlain ? script : `${managerOf(listing).name} start`;
    const words = isPlain ? '' : `: ${script}`;
    return {
      start,
      text: script,
      from: `scripts.start of ${manifestFile}${words}`,
      entry: started,
    };
  }
  const isServer = (file: string): boolean => listens.test(listing.get(file) ?? '');
  const named = [
    ...(main === null ? [] : [[main, `main of ${manifestFile}`] as const]),
    ...bin.map((file) => [file, `bin of ${manifestFile}`] as const),
    ...conventional.map((name) => [name, null] as const),
  ];
  for (const [name, from] of named) {
    const entry = fileNamed(listing, name);
    if (entry !== null && isServer(entry) && !/\.tsx?$/.test(entry))
      return { start: `node ${quote([entry])}`, text: '', from: from ?? entry, entry };
  }
  return null;
}

/** As Node finds it: with its ending, or without. */
function fileNamed(listing: Listing, name: string): string | null {
  const file = name.replace(/^(\.\/)+/, '');
  const names = ['', '.js', '.mjs', '.cjs'].map((ending) => file + ending);
  return names.find((one) => listing.has(one)) ?? null;
}

/** Installs what the lock file says, and builds what is started and is not there yet. */
function setupOf(
  listing: Listing,
  { scripts, dependencies, devDependencies }: NodePackage,
  entry: string | null,
): Server['setup'] {
  const { name, lock, install } = managerOf(listing);
  const needs = Object.keys({ ...dependencies, ...devDependencies }).length > 0;
  const isMade = scripts.build !== undefined && (entry === null || !listing.has(entry));
  const steps = [...(needs ? [install] : []), ...(isMade ? [`${name} run build`] : [])];
  if (steps.length === 0) return null;
  return { command: steps.join(' && '), from: lock ?? manifestFile };
}
