import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { freshFolder } from './bench.ts';
import { write } from './repository.ts';

interface Release {
  readonly name: string;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly published: string;
  readonly files: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A registry of npm with these releases: what npm resolves as of a day does not depend on anybody's. */
export async function startRegistry(releases: readonly Release[]) {
  const packed = releases.map((release) => ({ ...release, tarball: tarballOf(release) }));
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://registry');
    const found = packed.find((release) => pathname === tarballPath(release));
    if (found !== undefined) return response.end(found.tarball);
    const own = packed.filter(({ name }) => pathname === `/${name}`);
    if (own.length === 0) return response.writeHead(404).end('{}');
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify(packumentOf(own, `http://${request.headers.host}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: freshFolder() },
    close: () => new Promise<unknown>((resolve) => server.close(resolve)),
  };
}

const tarballPath = ({ name, version }: Release): string => `/${name}/-/${name}-${version}.tgz`;

function tarballOf({ name, version, files, dependencies = {} }: Release): Buffer {
  const folder = freshFolder();
  const manifest = JSON.stringify({ name, version, type: 'module', dependencies });
  write(path.join(folder, 'package'), { ...files, 'package.json': manifest });
  execFileSync('tar', ['czf', 'package.tgz', 'package'], { cwd: folder });
  return readFileSync(path.join(folder, 'package.tgz'));
}

function packumentOf(
  releases: readonly (Release & { readonly tarball: Buffer })[],
  registry: string,
): object {
  const versions = releases.map((release) => {
    const { name, version, dependencies = {}, tarball } = release;
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const dist = { tarball: registry + tarballPath(release), integrity };
    return [version, { name, version, dependencies, dist }] as const;
  });
  const newest = releases.at(-1);
  return {
    name: newest?.name,
    'dist-tags': { latest: newest?.version },
    versions: Object.fromEntries(versions),
    time: Object.fromEntries(releases.map(({ version, published }) => [version, published])),
  };
}
