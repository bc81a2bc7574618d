import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Listing } from '../matrix/project/listing.ts';

/** Read in the folder itself; sources are read below it too. */
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
const mostFolders = 1_000;
const mostFiles = 500;
/** Of a longer one it counts only that it is there: it is a lock file, or made. */
const mostBytes = 256 * 1024;

/** The files that say what a project is, nearest first: bounded, because the folder may be anything. */
export function projectFiles(folder: string): Listing {
  const listing = new Map<string, string>();
  const folders = [{ within: '', depth: 1 }];
  for (const { within, depth } of folders) {
    for (const entry of entriesOf(path.join(folder, within))) {
      const file = within + entry.name;
      const isEntered = entry.isDirectory() && depth < deepest && !passedOver.test(entry.name);
      if (isEntered && folders.length < mostFolders)
        folders.push({ within: `${file}/`, depth: depth + 1 });
      const isRead = named.has(entry.name) ? depth === 1 : source.test(entry.name);
      if (!entry.isFile() || !isRead) continue;
      if (listing.size === mostFiles) return listing;
      listing.set(file, textOf(path.join(folder, file)));
    }
  }
  return listing;
}

/** What cannot be read says nothing. */
function entriesOf(folder: string) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return statSync(file).size > mostBytes ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The root of the repository that the folder lies in; null where there is none. */
export function repositoryRoot(folder: string): string | null {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : repositoryRoot(above);
}
