import type { Cell, Side } from '../../model/plan.ts';
import type { MissingProfile, ProfiledPart } from '../../model/profile.ts';
import type { Comparison, Verdict } from '../../model/report.ts';
import type { JudgedCell } from '../judge-matrix.ts';

/** Which cells are to be explained: those that got worse, those that changed at all, or all. */
export type ProfileWish = 'never' | 'guilty' | 'changed' | 'all';

/** Where nobody asked for profiles, so that a run of many red cells does not take a minute more. */
const mostUnasked = 3;

const explained: Readonly<Record<ProfileWish, readonly Verdict[]>> = {
  never: [],
  guilty: ['regression', 'slower'],
  changed: ['regression', 'slower', 'improvement', 'faster'],
  all: ['regression', 'slower', 'improvement', 'faster', 'inconclusive', 'unchanged'],
};

/** The cells to be profiled, those first that got worst. */
export function cellsToExplain(judged: readonly JudgedCell[], wish: ProfileWish): readonly Cell[] {
  const verdicts = explained[wish];
  const chosen = judged
    .filter(({ verdict }) => verdicts.includes(verdict))
    .sort(
      (a, b) =>
        verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) || changeOf(b) - changeOf(a),
    )
    .map(({ findings }) => findings.cell);
  return wish === 'guilty' ? chosen.slice(0, mostUnasked) : chosen;
}

/** By the ratio, of whichever gating metric changed most. */
const changeOf = ({ metrics }: JudgedCell): number =>
  Math.max(0, ...metrics.filter(({ gating }) => gating).map(sizeOf));

const sizeOf = ({ change }: Comparison): number =>
  change === null ? 0 : Math.abs(Math.log1p(change.estimate));

/** The part under test first. */
export const partsOf = (side: Side): readonly [ProfiledPart, ProfiledPart] =>
  side === 'target' ? ['target', 'client'] : ['client', 'target'];

/** Why the processes of a part cannot be profiled, as far as the plan tells; null where they may. */
export function unprofilable(part: ProfiledPart, cell: Cell): MissingProfile | null {
  const because = (reason: string, next: string): MissingProfile => ({
    ...{ part, state: 'impossible', reason, next },
  });
  const arms = [cell.arms.baseline, cell.arms.candidate];
  if (part === 'target') {
    return arms.some(({ target }) => target.kind === 'url')
      ? because(
          'the target runs already, and is no process of ours',
          'Let bench start it (target.start), or profile it where it runs.',
        )
      : null;
  }
  if (cell.clients === 'shared')
    return because(
      'both arms share the client',
      'Read the profile of the target: the client is the same in both arms.',
    );
  const foreign = arms.find(({ client }) => !['http', 'undici'].includes(client.engine.kind));
  if (foreign !== undefined)
    return because(
      `${foreign.client.engine.kind} is no Node process of ours`,
      'Use the profiler of its language under the same load, or compare with the engine http or undici.',
    );
  return null;
}
