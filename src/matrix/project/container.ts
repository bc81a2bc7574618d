import type { Listing } from './listing.ts';

const files = [
  ...['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
  ...['Dockerfile', 'Containerfile'],
];
const published = /^\s*-\s*["']?(?:[\d.]+:)?(\d{2,5}):\d+|^\s*published:\s*["']?(\d{2,5})/m;
const exposed = /^EXPOSE\s+(\d{2,5})/im;

export interface Container {
  readonly file: string;
  /** What it publishes or exposes; 8080 where it says nothing. */
  readonly port: number;
}

export function containerOf(listing: Listing): Container | null {
  const file = files.find((name) => listing.has(name));
  if (file === undefined) return null;
  const found = (pattern: RegExp): string | undefined =>
    files
      .flatMap((name) => pattern.exec(listing.get(name) ?? '')?.slice(1) ?? [])
      .find((group) => group !== undefined);
  return { file, port: Number(found(published) ?? found(exposed) ?? 8080) };
}
