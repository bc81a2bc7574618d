import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

/** Only the target differs: its body is longer, so what reaches which arm can be told apart. */
const matrix = `
axes:
  version: { short: { target: { bodyBytes: 10 } }, long: { target: { bodyBytes: 30 } } }
  mode:
    keep-alive: { connection: { reuse: keep-alive } }
    tls: { connection: { tls: 1.3, reuse: keep-alive } }
    resumed: { connection: { tls: 1.3, reuse: close, session: resumed } }
    new-context: { connection: { tls: 1.2, reuse: close, context: per-connection } }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }
`;

describe('one client for both arms', () => {
  it('keeps every promise to each of them, counted at both ends, and does not gate by its CPU', async () => {
    const folder = freshFolder();
    writeMatrix(folder, matrix);
    const versions = ['--baseline', 'short', '--candidate', 'long'];
    const args = [
      'compare',
      ...versions,
      '--no-profile',
      '--workers',
      '2',
      '--fail-on',
      'never',
      '--quiet',
    ];
    const { code, stderr } = await bench(args, folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const { cells } = reportOf(folder);
    expect(cells).toHaveLength(4);
    for (const { clients, contract, metrics, primary } of cells) {
      expect(clients).toBe('shared');
      // The bodies differ on purpose, and nothing else.
      const doubtful = contract.clauses.filter(({ state }) => state !== 'proven');
      expect(doubtful.filter(({ clause }) => !clause.includes('bytes'))).toEqual([]);
      expect(primary).toBe('targetCpuPerRequest');
      const gating = metrics.flatMap(({ metric, gating: gates }) => (gates ? [metric] : []));
      expect(gating).not.toContain('cpuPerRequest');
      expect(metrics.map(({ metric }) => metric)).not.toContain('rss');
    }

    for (const row of journalOf(folder)) {
      if (row.kind === 'launch') {
        const pids = (role: string, part: string) =>
          row.processes.filter((p) => p.role === role && p.part === part).map(({ pid }) => pid);
        expect(new Set(pids('baseline', 'client')).size).toBe(2);
        expect(pids('candidate', 'client')).toEqual(pids('baseline', 'client'));
        expect(pids('candidate', 'target')).not.toEqual(pids('baseline', 'target'));
      }
      if (row.kind === 'slice')
        expect(row.counts?.bytesIn).toBe(row.requests * (row.role === 'baseline' ? 10 : 30));
    }
  });
});
