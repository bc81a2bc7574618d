/** Keys whose texts are ours: a renderer looks them up and never shows them as they are. */
const ours = new Set(['state', 'side', 'kind', 'metric', 'part', 'tls', 'drawn']);

/** The same with this text wherever a file or a server may have a say. */
export function saying<T>(value: T, text: string, key = ''): T {
  const said: unknown = Array.isArray(value)
    ? value.map((inner) => saying(inner, text, key))
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([name, inner]) => [name, saying(inner, text, name)]),
        )
      : typeof value === 'string' && !ours.has(key)
        ? text
        : value;
  return said as T;
}
