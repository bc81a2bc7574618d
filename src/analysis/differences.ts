import type { Difference, SubjectFingerprint } from '../model/fingerprint.ts';
import type { ByRole } from '../model/plan.ts';

/** What else differs between the arms: whole environments are compared, not labels. */
export function differencesOf(
  cells: Readonly<Record<string, ByRole<SubjectFingerprint>>>,
): Difference[] {
  const found = new Map<string, Difference>();
  for (const { baseline, candidate } of Object.values(cells)) {
    for (const key of new Set([...Object.keys(baseline), ...Object.keys(candidate)])) {
      const [b, c] = [baseline[key] ?? 'none', candidate[key] ?? 'none'];
      if (b !== c) found.set(`${key} ${b} ${c}`, { key, baseline: b, candidate: c });
    }
  }
  return [...found.values()];
}
