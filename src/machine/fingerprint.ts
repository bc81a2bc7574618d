import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Machine } from '../model/fingerprint.ts';
import { usableCores } from './cores.ts';
import { readOrNull } from './files.ts';

/** What two runs must share before their absolute figures may be set side by side. */
export function fingerprintMachine(): Machine {
  return {
    os: platform(),
    kernel: release(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: usableCores().length,
    memoryBytes: totalmem(),
    node: process.versions.node,
    governor: readOrNull('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor')?.trim() ?? null,
    virtualisation: /^flags\s*:.*\bhypervisor\b/m.test(readOrNull('/proc/cpuinfo') ?? '')
      ? 'virtual machine'
      : null,
  };
}
