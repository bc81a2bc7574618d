#!/usr/bin/env node
import { run } from './commands/cli.ts';
import { hostWorld } from './commands/host-world.ts';
import { interruptionOf } from './commands/interruption.ts';

process.exitCode = await run(
  process.argv.slice(2),
  hostWorld(process, process, interruptionOf(process)),
);
