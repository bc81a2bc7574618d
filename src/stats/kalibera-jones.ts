import { moments } from './moments.ts';

/** How the log ratios of blocks scatter. Variances of one block and of one launch whose blocks were endless. */
export interface Scatter {
  readonly block: number;
  readonly launch: number;
}

/**
 * Variance components of a one-way layout, launches × blocks, unbalanced as they come:
 *
 *     within   s²_B = Σ over launches Σ (x_jk − x̄_j)² ÷ Σ (K_j − 1)
 *     between  var(x̄_j) = s²_L + s²_B ÷ K̄,   K̄ the harmonic mean of the K_j
 *
 * s²_L is what is left of the second, or 0 where chance made it negative.
 *
 * @param launches the log ratios of the blocks of each; those with fewer than two blocks say nothing. Two at least.
 * @throws RangeError where fewer are left.
 */
export function scatterOf(launches: readonly (readonly number[])[]): Scatter {
  const usable = launches.filter((blocks) => blocks.length > 1).map(moments);
  const between = moments(usable.map(({ mean }) => mean)).sd ** 2;
  const freedom = usable.reduce((sum, { n }) => sum + n - 1, 0);
  const block = usable.reduce((sum, { n, sd }) => sum + (n - 1) * sd ** 2, 0) / freedom;
  const inverse = usable.reduce((sum, { n }) => sum + 1 / n, 0) / usable.length;
  return { block, launch: Math.max(0, between - block * inverse) };
}

/**
 * Blocks per launch that make the mean over launches most precise for the time that it takes (Kalibera and
 * Jones, Rigorous benchmarking in reasonable time, ISMM 2013, eq. 3 with two levels):
 *
 *     J launches of K blocks take J (c_L + K c_B) and leave a variance of (s²_L + s²_B ÷ K) ÷ J;
 *     their product is least at K = √( (c_L ÷ c_B) (s²_B ÷ s²_L) )
 *
 * @param cost of starting and warming a launch, and of one block, in the same unit.
 * @returns 1 at least; Infinity where launches do not scatter at all beyond their blocks.
 */
export function blocksPerLaunch(
  scatter: Scatter,
  cost: { readonly launch: number; readonly block: number },
): number {
  if (scatter.block === 0) return 1;
  return Math.max(1, Math.sqrt((cost.launch / cost.block) * (scatter.block / scatter.launch)));
}
