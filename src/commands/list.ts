import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import { listAxes } from '../matrix/file.ts';
import { isSuperseded } from '../store/labels.ts';
import { listRuns } from '../store/runs.ts';
import { cacheFolder } from '../subject/cache.ts';
import { shippedMatrices, shippedMatrix } from './matrix-source.ts';
import { runsFolder, runsOption } from './output-options.ts';
import { shownRun } from './shown-run.ts';
import type { World } from './world.ts';

export const listOptions = (yargs: Argv) => yargs.options({ out: runsOption });

/** Stored runs, shipped matrices, installed subjects. */
export function list(args: { readonly out: string }, world: World): number {
  const root = path.resolve(world.cwd, runsFolder(args.out));
  const stored = listRuns(root);
  const runs = stored.map((run) =>
    shownRun(run, { isOlder: isSuperseded(run, stored), root, cwd: world.cwd }),
  );
  const matrices = shippedMatrices().map((name) => {
    const { axes } = listAxes(shippedMatrix(name));
    return `  ${name}  ${axes.map((axis) => `${axis.name} {${axis.variants.join(', ')}}`).join(' × ')}`;
  });
  const installed = path.join(cacheFolder(world.env), 'runtimes');
  const subjects = existsSync(installed)
    ? readdirSync(installed)
        .filter((name) => !name.endsWith('.part'))
        .map((name) => `  ${name}`)
    : [];
  const section = (title: string, lines: readonly string[]): string =>
    [title, ...(lines.length === 0 ? ['  none'] : lines)].join('\n');
  world.stdout.write(
    `${[
      section(`runs in ${path.relative(world.cwd, root) || '.'}:`, runs),
      section('shipped matrices:', matrices),
      section(`subjects in ${installed}:`, subjects),
    ].join('\n\n')}\n`,
  );
  return 0;
}
