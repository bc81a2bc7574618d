/** What every rule answers with, and how samples are put together. */

/** @param change relative, above 0 where the candidate is dearer. @param used launches that it took. */
export const called = (proven, change, used) => ({
  call: proven ? (change > 0 ? 'worse' : 'better') : null,
  change,
  used,
});

export const change = (a, b) => b / a - 1;

/** Means of stretches of the samples, about equally long: as many as wanted, or as there are samples. */
export function parts(samples, wanted) {
  const count = Math.min(wanted, samples.length);
  const edge = (i) => Math.round((i * samples.length) / count);
  return Array.from({ length: count }, (_, i) => {
    const part = samples.slice(edge(i), edge(i + 1));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
