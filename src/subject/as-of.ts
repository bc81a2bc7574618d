/** The last moment of a day, UTC: npm would take the bare day for its first. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999Z`;

/** For `npm install`. */
export const beforeOption = (asOf: string | null): readonly string[] =>
  asOf === null ? [] : [`--before=${endOfDay(asOf)}`];

/** The releases that a registry had at the end of a day. @param times by release, as `npm view NAME time` gives them. */
export function publishedBy(times: unknown, asOf: string): readonly string[] {
  const end = Date.parse(endOfDay(asOf));
  return Object.entries((times ?? {}) as Readonly<Record<string, string>>)
    .filter(([, time]) => Date.parse(time) <= end)
    .map(([release]) => release);
}
