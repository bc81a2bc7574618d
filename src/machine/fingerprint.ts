import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from '../model/fingerprint.ts';

const readOrNull = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
};

/** What two runs must share before their absolute figures may be set side by side. */
export function fingerprintMachine(cores: number): Machine {
  return {
    os: platform(),
    kernel: release(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores,
    memoryBytes: totalmem(),
    node: process.versions.node,
    governor: readOrNull('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    virtualisation: /^flags\s*:.*\bhypervisor\b/m.test(readOrNull('/proc/cpuinfo') ?? '')
      ? 'virtual machine'
      : null,
  };
}
