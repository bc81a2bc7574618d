import { describe, expect, it } from 'vitest';
import { differencesByWeight, subjectFacts } from '../../../src/report/subject-name.ts';
import { incidentReport } from '../../support/report.ts';

describe('what an arm ran on', () => {
  it('names engine, runtime and OpenSSL, in this order', () => {
    expect(subjectFacts(incidentReport().candidate)).toEqual([
      'engine http',
      'runtime node@20.20.2',
      'openssl 3.0.19+quic',
    ]);
  });

  it('puts the likeliest differences first and keeps all', () => {
    const keys = differencesByWeight(incidentReport()).map(({ key }) => key);
    expect(keys).toEqual(['runtime', 'openssl', 'llhttp', 'uv', 'v8']);
  });
});
