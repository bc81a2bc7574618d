import type { CellReport, Report } from '../../src/model/report.ts';
import { incidentReport } from './report.ts';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Two hundred cells of three axes: one in twenty has got worse, the rest is within the margin. */
export function manyReport(): Report {
  const report = incidentReport();
  const axes = [
    { name: 'tls', variants: ['none', '1.2', '1.3', '1.3-verified'] },
    { name: 'reuse', variants: ['keep-alive', 'every-100', 'every-10', 'close', 'new-context'] },
    { name: 'kilobytes', variants: range(10).map((i) => `${2 ** i}`) },
  ];
  const [tls, reuse, size] = axes;
  const cells = (tls?.variants ?? []).flatMap((a, i) =>
    (reuse?.variants ?? []).flatMap((b, j) =>
      (size?.variants ?? []).map((c, k) =>
        placed(report, { tls: a, reuse: b, kilobytes: c }, i * 50 + j * 10 + k),
      ),
    ),
  );
  return {
    ...report,
    ...{ axes, cells, id: '2026-11-25T08-00-00-many' },
    sentence: 'node@20.20.2 needs more client CPU per request in 10 of 200 cells.',
    method: { ...report.method, family: 400 },
  };
}

function placed(report: Report, variants: CellReport['variants'], n: number): CellReport {
  const [slower, , , worse] = report.cells;
  if (slower === undefined || worse === undefined) throw new Error('the incident has five cells');
  const old = n % 20 === 19 ? worse : slower;
  const id = Object.entries(variants)
    .map(([axis, variant]) => `${axis}=${variant}`)
    .join(',');
  const shift = ((n * 37) % 50) / 10_000;
  const metrics = old.metrics.map((comparison) => ({
    ...comparison,
    change: comparison.change && {
      ...comparison.change,
      estimate: comparison.change.estimate + shift,
    },
  }));
  return { ...old, id, variants, metrics };
}
