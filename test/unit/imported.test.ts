import { describe, expect, it } from 'vitest';
import { type ImportedArm, judgeImported, valuesAlone } from '../../src/analysis/imported.ts';
import { importedSentence, importedWarnings } from '../../src/analysis/imported-words.ts';
import { plainGate } from '../../src/matrix/gate.ts';
import type { FileRow, ForeignProgram } from '../../src/model/imported.ts';
import { micros } from '../../src/model/units.ts';
import { noLatency } from '../../src/store/import/fields.ts';

const gate = plainGate({ margins: null, failOn: 'regression', strict: false });
const names = { baseline: 'run:before/k6', candidate: 'run:after/k6' };

interface Given {
  readonly rps: number;
  readonly meanUs?: number;
  readonly p95Us?: number;
  readonly failures?: number;
}

const file = ({ rps, meanUs, p95Us, failures = 0 }: Given, index: number): FileRow => ({
  ...{ kind: 'file', file: `${index}.json`, form: 'k6 summary', failures },
  ...{ requests: rps * 10, seconds: 10 },
  latency: {
    ...noLatency,
    latencyMean: meanUs === undefined ? null : micros(meanUs),
    latencyP95: p95Us === undefined ? null : micros(p95Us),
  },
});
const arm = (program: ForeignProgram, ...files: readonly Given[]): ImportedArm => ({
  program,
  files: files.map(file),
});
const rates = (program: ForeignProgram, ...of: readonly number[]): ImportedArm =>
  arm(program, ...of.map((rps) => ({ rps, meanUs: 4_000_000 / rps })));

const fast = [1000, 1008, 995, 1003, 999];
const slow = fast.map((rps) => rps * 0.8);
const gating = (judged: ReturnType<typeof judgeImported>) =>
  judged.metrics
    .filter((metric) => metric.gating)
    .map(({ metric, verdict }) => `${metric} ${verdict}`);
const codes = (arms: { readonly baseline: ImportedArm; readonly candidate: ImportedArm }) =>
  importedWarnings(arms, names, gate).map(({ code }) => code);

describe('imported results', () => {
  it('are judged by their rate and mean latency, whichever way the change goes', () => {
    const worse = judgeImported(
      { baseline: rates('k6', ...fast), candidate: rates('k6', ...slow) },
      gate,
    );
    expect(worse.verdict).toBe('regression');
    expect(worse.family).toBe(2);
    expect(gating(worse)).toEqual(['rps regression', 'latencyMean regression']);
    const better = judgeImported(
      { baseline: rates('k6', ...slow), candidate: rates('k6', ...fast) },
      gate,
    );
    expect(gating(better)).toEqual(['rps improvement', 'latencyMean improvement']);
    expect(better.metrics[0]?.change?.estimate).toBeCloseTo(0.25, 5);
  });

  it('one file alone decides nothing, and says what to do', () => {
    const arms = { baseline: rates('k6', 1000), candidate: rates('k6', ...slow) };
    const judged = judgeImported(arms, gate);
    expect(judged.verdict).toBe('inconclusive');
    expect(gating(judged)).toEqual(['rps inconclusive', 'latencyMean inconclusive']);
    expect(importedSentence('insensitive', judged, arms, names)).toBe(
      'run:after/k6 against run:before/k6, both imported: inconclusive; one file is one launch, which has no spread to judge by.',
    );
    expect(importedWarnings(arms, names, gate)).toContainEqual({
      code: 'one-file',
      message:
        'run:before/k6 is one file, and one launch has no spread: nothing can be judged by it',
      next: 'Repeat the run five times or more, and import all its files in one command.',
    });
  });

  it('two programs are compared by their rates, and never by latencies', () => {
    const arms = { baseline: rates('k6', ...fast), candidate: rates('wrk', ...slow) };
    const judged = judgeImported(arms, gate);
    expect(judged.metrics.map(({ metric }) => metric)).toEqual(['rps', 'errorRate']);
    expect(gating(judged)).toEqual(['rps regression']);
    expect(importedWarnings(arms, names, gate).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^latency is not compared: of k6 it is http_req_duration: .*; of wrk it is from writing/,
      ),
    );
  });

  it('what comes in steps wider than its margin is shown, and no change is told of it', () => {
    const steps = (...p95: readonly number[]) =>
      arm('locust', ...p95.map((p95Us, i) => ({ rps: fast[i] ?? 1000, p95Us })));
    const arms = {
      baseline: steps(10_000, 10_000, 10_000),
      candidate: steps(11_000, 11_000, 11_000),
    };
    const p95 = judgeImported(arms, gate).metrics.find(({ metric }) => metric === 'latencyP95');
    expect(p95).toMatchObject({ gating: false, change: null, verdict: 'inconclusive' });
    expect(p95?.candidate).toBeCloseTo(11_000, 6);
    expect(codes(arms)).toContain('coarse-latency');

    const fine = { ...gate, margins: { ...gate.margins, latencyP95: 0.15 as typeof gate.alpha } };
    expect(gating(judgeImported(arms, fine))).toContain('latencyP95 slower');
  });

  it('the mean of whole milliseconds gates only where a millisecond is little', () => {
    const of = (meanUs: number) =>
      arm('autocannon', ...fast.map((rps) => ({ rps, meanUs: meanUs * (rps / 1000) })));
    const both = (meanUs: number) => ({ baseline: of(meanUs), candidate: of(meanUs) });
    expect(gating(judgeImported(both(2_000), gate))).toHaveLength(1);
    expect(gating(judgeImported(both(120_000), gate))).toHaveLength(2);
    expect(codes(both(2_000))).toContain('coarse-latency');
    expect(codes(both(120_000))).toEqual(['imported']);
  });

  it('a metric that one file lacks is not there', () => {
    const some = arm('k6', { rps: 1000, meanUs: 2000 }, { rps: 1001 });
    const judged = judgeImported({ baseline: some, candidate: rates('k6', ...fast) }, gate);
    expect(judged.metrics.map(({ metric }) => metric)).toEqual(['rps', 'errorRate']);
  });

  it('errors: a failing baseline is no baseline; errors of the candidate alone are a regression', () => {
    const failing = arm('k6', ...fast.map((rps) => ({ rps, failures: 200 })));
    const clean = rates('k6', ...fast);
    expect(judgeImported({ baseline: failing, candidate: clean }, gate)).toMatchObject({
      verdict: 'invalid',
      invalid: 'the baseline fails 1000 of 51050 requests; make the scenario pass on it first',
    });
    expect(gating(judgeImported({ baseline: clean, candidate: failing }, gate))).toContain(
      'errorRate regression',
    );
  });

  it('alone they are shown and compare nothing', () => {
    const { metrics, verdict } = valuesAlone(rates('k6', ...fast), gate);
    expect(verdict).toBe('inconclusive');
    expect(metrics[0]).toMatchObject({ metric: 'rps', baseline: null, change: null });
    expect(metrics[0]?.candidate).toBeCloseTo(1001, 0);
  });
});
