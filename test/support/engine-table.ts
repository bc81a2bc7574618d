import { type Declaration, declarations } from '../../src/engine/declarations.ts';

const engines = Object.entries(declarations);

/** What each engine honours, as docs/engines.md has it. */
export function engineTable(): string {
  const rows: readonly (readonly [string, (of: Declaration) => string])[] = [
    ['`load.model`', ({ load }) => load.join(', ')],
    ['`requests`', ({ requests }) => requests.join(', ')],
    ['`method`', ({ method }) => method.join(', ')],
    ['`body`', ({ body }) => body.join(', ')],
    ['`expect.status`', ({ status }) => status.join(', ')],
    ['`expect.body`', ({ bodyCheck }) => bodyCheck.join(', ')],
    ...(['keep-alive', 'close', 'every'] as const).map(
      (mode) => [`\`reuse: ${mode}\``, (of: Declaration) => modeWords(of, mode)] as const,
    ),
    ['`context`', ({ context }) => context.join(', ')],
    ['`ca`', ({ ca }) => ca.join(', ')],
    ['`dns`', ({ dns }) => dns.join(', ')],
    ['`workers`', ({ workers }) => workers.join(', ')],
    ['`client.runtime`', ({ runtime }) => runtime.join(', ')],
    ['a latency is', ({ latency }) => latency],
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...engines.map(([name]) => name)]),
    line(['---', ...engines.map(() => '---')]),
    ...rows.map(([title, of]) => line([title, ...engines.map(([, declared]) => of(declared))])),
  ].join('\n');
}

/** What becomes of TLS sessions; `no` where the mode itself is not honoured. */
function modeWords({ reuse }: Declaration, mode: keyof Declaration['reuse']): string {
  const sessions = reuse[mode];
  if (sessions === undefined) return 'no';
  const [older, newer] = [sessions['1.2'] ?? [], sessions['1.3'] ?? []].map((kinds) =>
    kinds.length === 0 ? 'no' : `session ${kinds.join(' or ')}`,
  );
  return older === newer ? `${older}` : `TLS 1.2: ${older}; TLS 1.3: ${newer}`;
}
