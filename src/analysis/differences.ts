import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { ByRole, Cell } from '../model/plan.ts';
import type { ReportedDifference } from '../model/report.ts';

/** What else differs between the arms: whole environments are compared, not labels. */
export function differencesOf(
  cells: readonly Cell[],
  fingerprints: Readonly<Record<string, ByRole<SubjectFingerprint>>>,
): ReportedDifference[] {
  const found = new Map<string, ReportedDifference>();
  for (const { id, candidate: name } of cells) {
    const { baseline = {}, candidate = {} } = fingerprints[id] ?? {};
    for (const key of new Set([...Object.keys(baseline), ...Object.keys(candidate)])) {
      const [b, c] = [baseline[key] ?? 'none', candidate[key] ?? 'none'];
      if (b === c) continue;
      const known = found.get(`${key} ${b} ${c}`)?.of ?? [];
      const of = known.includes(name) ? known : [...known, name];
      found.set(`${key} ${b} ${c}`, { key, baseline: b, candidate: c, of });
    }
  }
  return [...found.values()];
}
