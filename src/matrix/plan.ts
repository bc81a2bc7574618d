import type { AloneOptions, CommonOptions, PlanOptions } from '../model/origin.ts';
import type { Cell, Plan } from '../model/plan.ts';
import type { Variables } from '../model/variables.ts';
import { baseOf, cellOf } from './arms.ts';
import { capacityWish } from './capacity-wish.ts';
import { type Axis, compareAxisOf, defaultCompareAxis } from './axes.ts';
import { fixedLaunches } from './budget.ts';
import { type Compared, comparedOf, type SubjectOf, subjectsIn } from './candidates.ts';
import { combinationsOf, ofCandidate } from './cells.ts';
import { clientsOf } from './clients.ts';
import { refuseConflicts } from './conflicts.ts';
import { folderOf, readMatrix, type UncheckedMatrix } from './file.ts';
import { gateOf } from './gate.ts';
import { find, type LocatedMapping } from './located.ts';
import { measureOf } from './measure.ts';
import { overlaid } from './overlay.ts';
import { filePatterns, type KnownAxes, matches, optionPattern } from './patterns.ts';
import { failureAt, type Place } from './place.ts';
import { type Choice, saidByOption, sideOf, subjectOf } from './roles.ts';
import { setOption } from './set-option.ts';
import { writtenBy } from './written.ts';

const option = (name: string): Place => ({ kind: 'option', option: name });

const requireWhole = (name: string, value: number | null, min: number, example: number): void => {
  if (value === null || (Number.isSafeInteger(value) && value >= min)) return;
  throw failureAt(
    option(name),
    `${value} is not a whole number from ${min} up. Write one such as ${example}.`,
  );
};

/**
 * The cells that `--only` leaves.
 * @throws BenchFailure `configuration` where it leaves none.
 */
const selectCells = (
  all: readonly Cell[],
  only: readonly string[],
  known: KnownAxes,
): Plan['cells'] => {
  const patterns = only.map((text) => optionPattern(text, known));
  const [first, ...rest] = all.filter(
    ({ variants }) =>
      patterns.length === 0 ||
      patterns.some((pattern) => matches(pattern, new Map(Object.entries(variants)))),
  );
  if (first) return [first, ...rest];
  throw failureAt(
    option(only.map((text) => `--only ${text}`).join(' ')),
    `no cell is left, because exclude drops what it names. Choose among ${all.map(({ id }) => id).join(' ')}.`,
  );
};

/** Axes with those of their variants that some cell has. */
const spanOf = (axes: readonly Axis[], cells: readonly Cell[]): Plan['axes'] =>
  axes.map(({ name, variants }) => ({
    name,
    variants: variants
      .map((variant) => variant.name)
      .filter((variant) => cells.some((cell) => cell.variants[name] === variant)),
  }));

/** The candidates that some cell has. */
const candidatesIn = ([first, ...others]: Plan['cells']): Plan['compare']['candidates'] => [
  first.candidate,
  ...new Set(others.map(({ candidate }) => candidate).filter((name) => name !== first.candidate)),
];

const startsServer = (root: LocatedMapping, axes: readonly Axis[]): boolean =>
  [root, ...axes.flatMap(({ variants }) => variants.map(({ overlay }) => overlay))].some(
    (said) => find(said, ['target', 'start']) !== undefined,
  );

type Named = UncheckedMatrix & {
  /** What reports call the matrix. */
  readonly name: string;
  /** What `${NAME}` may stand for; the plan holds names only. */
  readonly variables: Variables;
};

/**
 * Everything that will run, from what a matrix file says. Pure: reads no file and no clock.
 * @throws BenchFailure `configuration`, one line: file, line, column and key, or the option; what is
 *   wrong; what to do next.
 */
export const planMatrix = ({
  options,
  ...matrix
}: Named & { readonly options: PlanOptions }): Plan =>
  planOf(matrix, options, {
    compared: (subjectOf) => comparedOf(options, subjectOf),
    clients: clientsOf,
  });

/**
 * One variant against itself, for a comparison with another run. A client for each arm always: what scatters from
 * client to client does not fall out of a ratio between two runs. @throws BenchFailure as `planMatrix`
 */
export function planAlone({
  options,
  ...matrix
}: Named & { readonly options: AloneOptions }): Plan {
  const plan = planOf(matrix, options, {
    compared: (subjectOf) => {
      const [subject, another] = subjectsIn(options.option, options.variant, subjectOf);
      if (another === undefined) return { baseline: subject, candidates: [subject] };
      throw failureAt(
        option(options.option),
        `${options.variant} are several, and each is measured on its own here. Name one, such as ${subject.name}.`,
      );
    },
    clients: () => 'each',
  });
  const measure = fixedLaunches(plan.measure, plan.cells);
  return { ...plan, label: options.label, measure };
}

interface Arms {
  readonly compared: (subjectOf: SubjectOf) => Compared;
  readonly clients: typeof clientsOf;
}

const planOf = (
  { name, variables, ...matrix }: Named,
  options: CommonOptions,
  arms: Arms,
): Plan => {
  requireWhole('--launches', options.launches, 2, 8);
  requireWhole('--workers', options.workers, 1, 1);
  requireWhole('--seed', options.seed, 0, 1);
  const set = options.set.map(setOption);
  const { root, said, axes } = readMatrix(matrix, set);
  const compared = compareAxisOf(said, root, axes, options.axis);
  const others = axes.filter((axis) => axis !== compared);
  const starts = startsServer(root, axes);
  const choice: Choice = { axis: compared, file: matrix.file, side: options.side, starts };
  const { baseline, candidates } = arms.compared((option, name) => subjectOf(option, name, choice));
  const axis = compared?.name ?? defaultCompareAxis;
  const isOne = candidates.length === 1;

  const workers =
    options.workers === null
      ? null
      : saidByOption(`--workers ${options.workers}`, ['client', 'workers'], options.workers);
  const chosen = [baseline, ...candidates].map(({ overlay }) => overlay);
  refuseConflicts([
    {
      name: axis,
      overlays: [...(compared?.variants.map(({ overlay }) => overlay) ?? []), ...chosen],
    },
    ...others.map((axis) => ({
      name: axis.name,
      overlays: axis.variants.map(({ overlay }) => overlay),
    })),
    ...(workers ? [{ name: '--workers', overlays: [workers] }] : []),
    ...(set.length > 0 ? [{ name: '--set', overlays: set }] : []),
  ]);

  const base = workers ? overlaid(baseOf(root), workers) : baseOf(root);
  const known = { axes: others, compared };
  const written = writtenBy(chosen);
  const side = sideOf(written);
  const place = (find(root, ['measure', 'clients']) ?? root).place;
  const saidOfClients = { clients: said.measure.clients, place };
  const combinations = combinationsOf(
    others,
    filePatterns(root, 'exclude', known),
    filePatterns(root, 'include', known),
    root,
  );
  const folder = folderOf(matrix);
  const all = candidates.flatMap((candidate) =>
    combinations
      .map((combination) => (isOne ? combination : ofCandidate(combination, axis, candidate.name)))
      .map((combination) =>
        cellOf(combination, base, { baseline, candidate }, folder, variables, (settings) =>
          arms.clients(settings, side, saidOfClients),
        ),
      ),
  );
  // Several candidates span the cells like an axis, and before the others.
  const spanning = isOne
    ? others
    : [{ name: axis, place: option('--candidate'), variants: candidates }, ...others];
  const cells = selectCells(all, options.only, isOne ? known : { axes: spanning, compared: null });

  return {
    matrix: { name, file: matrix.file },
    label: null,
    description: said.description,
    axes: spanOf(spanning, cells),
    compare: {
      kind: 'paired',
      ...{ axis, side, written },
      baseline: baseline.name,
      candidates: candidatesIn(cells),
    },
    cells,
    gate: gateOf(said.gate, options),
    measure: measureOf(said.measure, options, cells, root),
    capacity: capacityWish(said.capacity, options.targetRate),
    seed: options.seed,
  };
};
