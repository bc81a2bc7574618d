// Prints the executable of a Node of the given version, which is installed as bench installs its subjects.
import { cacheFolder } from '../dist/subject/cache.js';
import { npmFor } from '../dist/subject/npm.js';
import { installRuntime } from '../dist/subject/runtime.js';

const [version] = process.argv.slice(2);
const { file } = await installRuntime({ kind: 'npm', version }, 'a', {
  cache: cacheFolder(process.env),
  npm: npmFor(process.env, 'ci'),
  platform: process.platform,
  arch: process.arch,
  unique: `${process.pid}.part`,
  progress: (line) => console.error(line),
}).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
console.log(file);
