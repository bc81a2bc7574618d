import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Listing } from '../matrix/project/listing.ts';

/** Read whatever the project is made of; and sources. */
const named = new Set([
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'],
  ...['bun.lock', 'bun.lockb', 'requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.cfg'],
  ...['uv.lock', 'poetry.lock', 'compose.yaml', 'compose.yml', 'docker-compose.yml'],
  ...['docker-compose.yaml', 'Dockerfile', 'Containerfile', '.gitignore'],
]);
const source = /\.([cm]?[jt]sx?|py)$/;
/** Of others, or made. */
const passedOver =
  /^(\..+|node_modules|dist|build|out|coverage|reports|vendor|venv|__pycache__|site-packages)$/;

const deepest = 4;
const most = 500;
/** Of a lock file the beginning says enough. */
const mostBytes = 256 * 1024;

/** The files that say what a project is, nearest first: bounded, because the folder may be anything. */
export function projectFiles(folder: string): Listing {
  const listing = new Map<string, string>();
  let level = [''];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const below: string[] = [];
    for (const within of level) {
      for (const entry of entriesOf(path.join(folder, within))) {
        const file = within === '' ? entry.name : `${within}/${entry.name}`;
        if (entry.isDirectory() && !passedOver.test(entry.name)) below.push(file);
        const isRead = named.has(entry.name) ? depth === 0 : source.test(entry.name);
        if (!entry.isFile() || !isRead) continue;
        if (listing.size === most) return listing;
        listing.set(file, beginningOf(path.join(folder, file)));
      }
    }
    level = below;
  }
  return listing;
}

const entriesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

const beginningOf = (file: string): string =>
  statSync(file).size > mostBytes ? '' : readFileSync(file, 'utf8');

/** The root of the repository that the folder lies in; null where there is none. */
export function repositoryRoot(folder: string): string | null {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : repositoryRoot(above);
}
