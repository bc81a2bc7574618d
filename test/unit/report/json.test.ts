import { describe, expect, it } from 'vitest';
import { renderJson } from '../../../src/report/json.ts';
import { hostileReport, incidentReport } from '../../support/report.ts';

describe('renderJson', () => {
  it('is the report, and the same every time', () => {
    expect(JSON.parse(renderJson(incidentReport()))).toEqual(incidentReport());
    expect(renderJson(incidentReport())).toBe(renderJson(incidentReport()));
    expect(renderJson(incidentReport())).toMatch(/^\{\n {2}"schemaVersion": 1,.*\}\n$/s);
  });

  it('is safe to print and loses nothing', () => {
    const json = renderJson(hostileReport());
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(json)).toEqual(hostileReport());
  });

  it('writes characters beyond the basic plane as JSON does', () => {
    const report = { ...incidentReport(), sentence: 'tag \u{e0041} 🦆' };
    expect(renderJson(report)).toContain('"tag \\udb40\\udc41 🦆"');
  });

  it('has null for an unbounded end and refuses NaN', () => {
    const report = incidentReport();
    const unbounded = { ...report, seed: Number.POSITIVE_INFINITY };
    expect(JSON.parse(renderJson(unbounded)).seed).toBeNull();
    expect(() => renderJson({ ...report, seed: Number.NaN })).toThrow('"seed"');
  });
});
