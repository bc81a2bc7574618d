import { describe, expect, test } from 'vitest';
import { axes, plan, refusal, versions } from '../../fixtures/matrix/planned.ts';

const settings = (...set: string[]) => plan(`target: { delay: 1ms }\n${versions}`, { set });

describe('--set', () => {
  test('says a setting over the file, and read as in a file', () => {
    const of = settings('target.delay=5ms', 'connection.tls=1.3', 'measure.launches=7');
    const { target, connection } = of.cells[0].arms.candidate;
    expect(target).toMatchObject({ delayMs: 5 });
    expect(connection.tls).toBe('1.3');
    expect(of.measure.looks).toEqual([7]);
  });

  test('the last of two wins, as it does in a shell', () => {
    const of = settings('target.delay=5ms', 'target.delay=6ms');
    expect(of.cells[0].arms.baseline.target).toMatchObject({ delayMs: 6 });
  });

  test.each([
    ['target.delay', 'is not one setting and its value'],
    ['=5ms', 'is not one setting and its value'],
    ['target={ delay: 5ms }', 'is not one setting and its value'],
    ['axes.version=1', 'is not one setting and its value'],
    ['target.dealy=5ms', 'Did you mean "delay"?'],
    ['target.delay=5', 'has no unit'],
  ])('%s is refused, by the option', (set, words) => {
    const said = refusal(versions, { set: [set] });
    expect(said).toContain(`--set ${set}`);
    expect(said).toContain(words);
  });

  test('is refused for what an axis writes', () => {
    const text = axes('tls: {plain: {connection: {tls: none}}}');
    expect(refusal(text, { set: ['connection.tls=1.3'] })).toContain('writes the same setting');
  });
});
