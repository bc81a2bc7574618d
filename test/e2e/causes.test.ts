import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { bench, freshFolder, runFolder } from '../support/bench.ts';

/** The plants are relative to it. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** As bench/self has them, but so large that four launches prove them on any machine: how small a one is seen is not asked here. */
function largePlants(folder: string): string {
  const file = path.join(folder, 'planted.yaml');
  const text = readFileSync(path.join(root, 'bench/self/causes/planted.yaml'), 'utf8');
  const larger = text.replace(/PLANT_US: '(\d+)'/g, (_, us) => `PLANT_US: '${Number(us) * 10}'`);
  writeFileSync(file, larger);
  return file;
}

describe('a slow-down that is planted in one unit of work', () => {
  it.each([
    ['handshake', 'handshakeFull', /a full handshake of TLS 1\.3/, /a TLS connection is opened/],
    ['parse', 'request', /What got dearer in the client: a request \(/, /./],
  ] as const)(
    'in a %s is charged to that unit, and found again in the store',
    async (plant, unit, what, where) => {
      const fresh = freshFolder();
      const out = path.join(fresh, 'reports');
      const args = [
        ...['compare', '--no-profile', '--matrix', largePlants(fresh), '--target-rate', '1000'],
        ...['--baseline', 'clean', '--candidate', plant, '--quiet', '--seed', '3', '--out', out],
      ];
      expect(await bench(args, root)).toMatchObject({ code: 1, stderr: '' });
      const folder = runFolder(fresh);
      const stored = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
      const { causes } = JSON.parse(stored('report.json')) as Report;
      const [list] = causes.prices;
      if (list?.state !== 'fitted') throw new Error('no prices');
      const [first] = [...list.prices].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
      expect(first?.units[0].kind).toBe(unit);
      expect(causes.sentences.join(' ')).toMatch(what);
      expect(causes.sentences[0]).toMatch(where);
      const json = stored('report.json');
      const again = await bench(['report', folder, '--format', 'json', '--out', out], root);
      expect(again.code).toBe(1);
      expect(again.stdout).toContain('Prices');
      expect(stored('report.json')).toBe(json);
      // Another rate is another question about the same run.
      const asked = await bench(
        ['report', folder, '--format', 'json', '--out', out, '--target-rate', '50'],
        root,
      );
      expect(asked.code).toBe(1);
      expect((JSON.parse(stored('report.json')) as Report).causes.capacity.targetRate).toBe(50);
    },
  );
});

it('a rate that is none is one clear line', async () => {
  const args = ['compare', '--baseline', 'v1', '--candidate', 'v2', '--target-rate', '-3'];
  const { code, stderr } = await bench(args, freshFolder());
  expect(code).toBe(2);
  expect(stderr).toBe(
    'bench: --target-rate: -3 is not a rate. Write requests per second such as 1200.\n',
  );
});
