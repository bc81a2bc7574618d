/**
 * Hosts an autocannon of any release: its command line ends without a result when it is interrupted. argv: the module.
 * Its options are JSON in BENCH_AUTOCANNON. SIGINT ends the run and prints the result.
 */
import { createRequire } from 'node:module';

type Autocannon = (
  options: object,
  done: (error: Error | null, result: object) => void,
) => { stop(): void };

const [module = ''] = process.argv.slice(2);
const autocannon = createRequire(module)(module) as Autocannon;
const run = autocannon(
  JSON.parse(process.env.BENCH_AUTOCANNON ?? '{}') as object,
  (error, result) => {
    if (error === null) process.stdout.write(JSON.stringify(result));
    else process.stderr.write(error.message);
  },
);
let stopping = false;
process.on('SIGINT', () => {
  // It may come more than once.
  if (!stopping) run.stop();
  stopping = true;
});
