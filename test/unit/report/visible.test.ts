import { describe, expect, it } from 'vitest';
import { visible } from '../../../src/report/visible.ts';

describe('visible', () => {
  it.each([
    ['line\nfeed\r\ttab', 'line\\nfeed\\r\\ttab'],
    ['\u001b[31mred\u009b2J\u0007', '\\u001b[31mred\\u009b2J\\u0007'],
    ['a\u202eb\u2066c\u200fd\u061c', 'a\\u202eb\\u2066c\\u200fd\\u061c'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['line\u2028paragraph\u2029', 'line\\u2028paragraph\\u2029'],
    ['half \ud800', 'half \\ud800'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
  ])('shows %j', (raw, shown) => expect(visible(raw)).toBe(shown));

  it('leaves letters of every script and pictures alone', () => {
    const text = 'Größe µs … עברית 日本語 🦆 é';
    expect(visible(text)).toBe(text);
  });
});
