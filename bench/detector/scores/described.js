/** What the scores rest on: journals with their digests, runs, launches, and the files that were read. */
import path from 'node:path';

export function described(lines, sources, trials) {
  const runs = new Map();
  for (const { run, journal, order, slices } of lines) {
    const known = runs.get(run) ?? { run, journal, order, launches: 0, sliced: 0 };
    known.launches += 1;
    if (slices !== undefined) known.sliced += 1;
    runs.set(run, known);
  }
  const files = sources.map(({ file, sha256 }) => ({ file: path.basename(file), sha256 }));
  return { trials, files, runs: [...runs.values()] };
}
