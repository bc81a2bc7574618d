import type {
  FunctionDifference,
  ProfiledFunction,
  ProfileFigures,
  ProfileReport,
  StackDifference,
  TakenProfile,
} from '../../model/profile.ts';
import { roles } from '../../model/plan.ts';
import type { CellReport } from '../../model/report.ts';
import { bar } from '../charts/bar.ts';
import { icicle } from '../charts/icicle.ts';
import { formatScaled, formatShare, noNumber, type Scale, scaleFor } from '../number.ts';
import { functionWords, profileWords, signed } from '../profile-words.ts';
import { visible } from '../visible.ts';

/** More are left to report.json: each is less than the one before it. */
const mostFunctions = 15;
const mostOrigins = 10;

/** Where the time of guilty cells went, of each part that was to be profiled. */
export const profileViews = ({ profiles }: CellReport) =>
  profiles.map((profile, i) => ({ ...profileView(profile), isFirst: i === 0 }));

function profileView(profile: ProfileReport) {
  const part = profile.part;
  if (profile.state !== 'taken')
    return {
      ...{ part, taken: null },
      reason: visible(profile.reason),
      next: visible(profile.next),
    };
  return { part, reason: null, next: null, taken: takenView(profile) };
}

function takenView(profile: TakenProfile) {
  const { arms, whole, origins, functions, stacks } = profile;
  const scale = scaleFor('µs', [whole.baseline, whole.candidate]);
  const drawn = whole.candidate >= whole.baseline ? 'candidate' : 'baseline';
  const most = (figures: readonly ProfileFigures[]): number =>
    Math.max(0, ...figures.flatMap(({ baseline, candidate }) => [baseline, candidate]));
  const mostByOrigin = most(origins);
  const mostByFunction = most(functions);
  const named = ({ of }: StackDifference): string => {
    const found = functions[of];
    return found === undefined ? '' : functionWords(found);
  };
  return {
    words: profileWords([profile]),
    samples: roles.map((role) => ({
      role,
      ...{ samples: arms[role].samples.toLocaleString('en') },
      requests: arms[role].requests.toLocaleString('en'),
      accounted: formatShare(arms[role].accounted),
      files: arms[role].files.map(visible),
    })),
    whole: figuresRow(whole, scale, most([whole])),
    origins: origins.slice(0, mostOrigins).map((found) => ({
      name: visible(found.origin.name),
      kind: originWords[found.origin.kind],
      ...figuresRow(found, scale, mostByOrigin),
    })),
    functions: functions.slice(0, mostFunctions).map((found) => ({
      ...placeOf(found),
      calledBy: calledBy(found, functions),
      ...figuresRow(found, scale, mostByFunction),
    })),
    moreFunctions: Math.max(0, functions.length - mostFunctions),
    drawn,
    stacks: icicle(stacks, drawn, named, (place) => titleOf(place, named(place), scale)),
  };
}

const originWords: Readonly<Record<ProfiledFunction['origin']['kind'], string>> = {
  package: 'package',
  node: 'Node',
  bench: 'bench',
  own: 'own file',
  runtime: 'V8',
  rest: 'all smaller ones',
};

const placeOf = ({ name, file, origin }: ProfiledFunction) => ({
  name: visible(name),
  file: visible(file === '' ? origin.name : file),
});

/** Of Node's own functions the caller that is none of them. */
function calledBy(
  { calledBy: at }: FunctionDifference,
  functions: readonly FunctionDifference[],
): string | null {
  const caller = at === null ? undefined : functions[at];
  return caller === undefined ? null : functionWords(caller);
}

/** In one prefix for the whole profile, so that rows can be compared. */
const figuresRow = (figures: ProfileFigures, scale: Scale, most: number) => ({
  baseline: formatScaled(figures.baseline, scale),
  candidate: formatScaled(figures.candidate, scale),
  difference: signed(figures.difference, scale),
  share: figures.share === null ? noNumber : formatShare(figures.share),
  bars: roles.map((role) => bar(`of-${role}`, figures[role], null, most)),
});

const titleOf = ({ total, self }: StackDifference, name: string, scale: Scale): string =>
  `${name}: ${formatScaled(total.baseline, scale)} → ${formatScaled(total.candidate, scale)} per request, of it in itself ${formatScaled(self.baseline, scale)} → ${formatScaled(self.candidate, scale)}`;
