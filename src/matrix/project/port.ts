import { type Listing, type Spot, spotName, spotsIn } from './listing.ts';

/** How a server comes to its port. Two arms run at the same time, so each must be told one of its own. */
export type Port =
  | { readonly kind: 'environment'; readonly where: Spot }
  /** The start command says `$PORT` itself. */
  | { readonly kind: 'said' }
  | { readonly kind: 'fixed'; readonly where: Spot }
  | { readonly kind: 'unknown' };

/** `process.env.PORT`, `env['PORT']`, `os.environ.get("PORT")`, `{ PORT } = process.env`. */
const fromEnvironment = /env\w*[^\n]{0,12}\bPORT\b|\{[^}]*\bPORT\b[^}]*\}\s*=\s*[\w.]*\benv\b/g;
const listening = /\blisten\(\s*(?:\{[^}]*\bport:\s*)?(\d{2,5})\b/g;
const assigned = /\bport\s*[:=]\s*(\d{2,5})\b/gi;
const ofCommand = /(?:--port|-p|\bPORT)[ =](\d{2,5})\b/;

/**
 * @param command what starts the server, in the words of its package.
 * @param sources the file that listens first, where it is known: what it says counts most.
 */
export function portOf(
  listing: Listing,
  command: { readonly text: string; readonly file: string },
  sources: readonly string[],
): Port {
  if (/\$\{?PORT\b/.test(command.text)) return { kind: 'said' };
  const given = ofCommand.exec(command.text)?.[1];
  if (given !== undefined) {
    const where = { file: command.file, line: lineOf(listing, command), text: given };
    return { kind: 'fixed', where };
  }
  const first = (file: string, pattern: RegExp): Spot | undefined =>
    spotsIn(listing, file, pattern)[0];
  for (const file of sources) {
    const read = first(file, fromEnvironment);
    if (read !== undefined) return { kind: 'environment', where: read };
    const fixed = first(file, listening);
    if (fixed !== undefined) return { kind: 'fixed', where: fixed };
  }
  const fixed = sources.flatMap((file) => first(file, assigned) ?? [])[0];
  return fixed === undefined ? { kind: 'unknown' } : { kind: 'fixed', where: fixed };
}

function lineOf(listing: Listing, { text, file }: { text: string; file: string }): number {
  const before = (listing.get(file) ?? '').split(JSON.stringify(text))[0] ?? '';
  return before.split('\n').length;
}

/** What to change before two of it can run; null where nothing is. */
export function portAdvice(port: Port): { message: string; next: string } | null {
  switch (port.kind) {
    case 'environment':
    case 'said':
      return null;
    case 'fixed':
      return {
        message: `${spotName(port.where)} says port ${port.where.text}. Two arms run at the same time and need two ports`,
        next: `Make it listen on $PORT where that is set, such as process.env.PORT ?? ${port.where.text}.`,
      };
    case 'unknown':
      return {
        message: 'Nothing here says which port the server takes',
        next: 'It must listen on $PORT, on 127.0.0.1 or on all addresses.',
      };
  }
}
