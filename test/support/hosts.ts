import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { freshFolder } from './bench.ts';

const ip = (...args: readonly string[]): string =>
  execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Why network namespaces cannot be had here, or null. */
export function whyNoHosts(): string | null {
  if (process.getuid?.() !== 0) return 'it needs root';
  const name = `bench-probe-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'del', name);
    return null;
  } catch (error) {
    return `ip netns: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
}

/** Of the range for benchmarks of networks (RFC 2544), which nobody routes. */
const subnet = `198.18.${process.pid % 256}`;

/** Machines of their own, as far as the network is concerned, on one bridge with this one. */
export class Hosts {
  /** By which the hosts reach this machine. */
  readonly here = `${subnet}.1`;
  readonly addresses: readonly string[];
  private readonly names: readonly string[];
  private readonly bridge = `bench${process.pid}`;
  private readonly running: ChildProcess[] = [];

  constructor(count: number) {
    const numbers = Array.from({ length: count }, (_, i) => i);
    this.addresses = numbers.map((i) => `${subnet}.${10 + i}`);
    this.names = numbers.map((i) => `${this.bridge}-${i}`);
    try {
      ip('link', 'add', this.bridge, 'type', 'bridge');
      ip('addr', 'add', `${this.here}/24`, 'dev', this.bridge);
      ip('link', 'set', this.bridge, 'up');
      for (const [i, name] of this.names.entries()) {
        const cable = `${this.bridge}v${i}`;
        ip('netns', 'add', name);
        ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
        ip('link', 'set', cable, 'master', this.bridge, 'up');
        ip('-n', name, 'addr', 'add', `${this.addresses[i]}/24`, 'dev', 'eth0');
        ip('-n', name, 'link', 'set', 'eth0', 'up');
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** @param bin folder of the programs that are found first. */
  start(host: number, command: string, bin: string): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.nameOf(host), '/bin/sh', '-c', command], {
      cwd: freshFolder(),
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
      stdio: 'ignore',
    });
    this.running.push(child);
    return child;
  }

  /** Pulls the plug: nothing on it says good-bye. */
  kill(host: number): void {
    for (const pid of ip('netns', 'pids', this.nameOf(host)).split('\n').filter(Boolean)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }

  /** Resolves when everything that was started has ended. */
  async ended(): Promise<void> {
    await Promise.all(
      this.running.map(
        (child) =>
          child.exitCode ?? child.signalCode ?? new Promise((resolve) => child.on('exit', resolve)),
      ),
    );
  }

  close(): void {
    for (const [host, name] of this.names.entries()) {
      for (const undo of [() => this.kill(host), () => ip('netns', 'del', name)]) {
        try {
          undo();
        } catch {
          // It was never made.
        }
      }
    }
    try {
      ip('link', 'del', this.bridge);
    } catch {
      // Nor was this.
    }
  }

  private nameOf(host: number): string {
    const name = this.names[host];
    if (name === undefined) throw new Error(`there is no host ${host}`);
    return name;
  }
}
