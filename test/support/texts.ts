import fc from 'fast-check';
import type { Report } from '../../src/model/report.ts';

/** What means something to Markdown, GitHub, XML, CSV, a spreadsheet or a terminal. */
const meaningful = [
  ...['@octocat', '@org/team', '#1', 'GH-12', 'o/r#3', 'o/r@0123abcdef', '0123abcdef', ':+1:'],
  ...['https://evil.example/', 'www.evil.example', 'mailto:a@evil.example', 'a@evil.example'],
  ...['`', '``', '```', '~~~', '|', '\\', '\\|', '\\`', '*b*', '_i_', '~~s~~', '$x$', '[^1]', '!'],
  ...[
    '[x](//evil.example)',
    '![i](//evil.example)',
    '<https://evil.example>',
    '> q',
    '1. x',
    '- x',
  ],
  ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</details>', '</code>'],
  ...['<!--', '-->', ']]>', '<![CDATA[', '<?x ?>', '&#64;octocat', '&lt;', '&', '<', '>', '"', "'"],
  ...['\n', '\r\n', '\n\n# h\n', '\n| a |\n', '\t', ' ', '  ', '\u0000', '\u001b[31m', '\u0085'],
  ...['\u202e', '\u2066', '\u200b', '\u2028', '\ufeff', '\ufffe', '\uffff', '\ud800', '\u{e0041}'],
  ...['::error::x', '\n::set-output name=x::y', '##[error]x', '%0A::error::x', 'EOF', ',', ';'],
  ...['=1+1', '+1', '-1', '@SUM(1)', '\t=1', ';=1', ',=1', '";=1', '＝1', '', 'x'.repeat(3000)],
  ...['{{x}}', '%s', '${x}', '\u0301', '漢字', '🦆', 'plain words'],
] as const;

export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...meaningful), fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 6,
  })
  .chain((parts) => fc.constantFrom('', ' ').map((between) => parts.join(between)));

/** Texts that the program chooses itself. */
const ours = new Set([
  ...['createdAt', 'state', 'outcome', 'kind', 'verdict', 'metric', 'unit', 'better', 'side'],
  ...['failOn', 'primary', 'clients'],
]);

/** The report with each text that came from a file or a server made another one; equal ones stay equal. */
export function withTexts(report: Report, texts: readonly string[]): Report {
  const made = new Map<string, string>();
  const another = (text: string): string => {
    const known = made.get(text) ?? texts[made.size % texts.length] ?? text;
    made.set(text, known);
    return known;
  };
  const inside = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return ours.has(key) ? value : another(value);
    if (Array.isArray(value)) return value.map((each) => inside(each, key));
    if (typeof value !== 'object' || value === null) return value;
    const isNamed = key === 'variants' || key === 'fingerprint';
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        isNamed ? another(name) : name,
        key === 'bottleneck' ? each : inside(each, name),
      ]),
    );
  };
  return inside(report, '') as Report;
}
