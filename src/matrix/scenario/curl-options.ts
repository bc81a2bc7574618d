import { nearest } from '../wording.ts';
import { refused } from './curl-words.ts';

/** What an option does to the request; `ignored` are those that change nothing of what is sent. */
type CurlOption =
  | 'method'
  | 'header'
  | 'data'
  | 'data-raw'
  | 'data-urlencode'
  | 'json'
  | 'user'
  | 'cookie'
  | 'agent'
  | 'referer'
  | 'get'
  | 'head'
  | 'url'
  | 'bearer'
  | 'range'
  | 'compressed'
  | 'redirects'
  | 'insecure'
  | 'ignored';

interface Known {
  readonly does: CurlOption;
  readonly takesValue: boolean;
}

const withValue = (does: CurlOption): Known => ({ does, takesValue: true });
const alone = (does: CurlOption): Known => ({ does, takesValue: false });

const long: Readonly<Record<string, Known>> = {
  request: withValue('method'),
  header: withValue('header'),
  data: withValue('data'),
  'data-ascii': withValue('data'),
  'data-binary': withValue('data'),
  'data-raw': withValue('data-raw'),
  'data-urlencode': withValue('data-urlencode'),
  json: withValue('json'),
  user: withValue('user'),
  cookie: withValue('cookie'),
  'user-agent': withValue('agent'),
  referer: withValue('referer'),
  get: alone('get'),
  head: alone('head'),
  url: withValue('url'),
  'oauth2-bearer': withValue('bearer'),
  range: withValue('range'),
  compressed: alone('compressed'),
  location: alone('redirects'),
  insecure: alone('insecure'),
  basic: alone('ignored'),
  fail: alone('ignored'),
  globoff: alone('ignored'),
  'http1.1': alone('ignored'),
  include: alone('ignored'),
  'no-buffer': alone('ignored'),
  'no-progress-meter': alone('ignored'),
  output: withValue('ignored'),
  'progress-bar': alone('ignored'),
  'show-error': alone('ignored'),
  silent: alone('ignored'),
  verbose: alone('ignored'),
  'write-out': withValue('ignored'),
};

const short: Readonly<Record<string, keyof typeof long>> = {
  ...{
    X: 'request',
    H: 'header',
    d: 'data',
    u: 'user',
    b: 'cookie',
    A: 'user-agent',
    e: 'referer',
  },
  ...{ G: 'get', I: 'head', r: 'range', L: 'location', k: 'insecure', f: 'fail', g: 'globoff' },
  ...{
    i: 'include',
    N: 'no-buffer',
    o: 'output',
    '#': 'progress-bar',
    S: 'show-error',
    s: 'silent',
  },
  ...{ v: 'verbose', w: 'write-out' },
};

/** An option as it was given, with its value; empty where it takes none. */
export interface Given {
  readonly does: CurlOption;
  readonly option: string;
  readonly value: string;
}

/** @param words behind `curl`. @throws BenchFailure for an option that could change what is sent, and is not known here. */
export function curlOptions(words: readonly string[]): readonly Given[] {
  const given: Given[] = [];
  const rest = [...words];
  const take = (option: string, { does, takesValue }: Known, attached: string): void => {
    const value = !takesValue ? '' : attached === '' ? rest.shift() : attached;
    if (value === undefined) throw refused(`ends behind ${option}, which needs a value. Write it.`);
    given.push({ does, option, value });
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--') && word.length > 2) {
      const known = Object.hasOwn(long, word.slice(2)) ? long[word.slice(2)] : undefined;
      if (known === undefined) throw unknown(word);
      take(word, known, '');
    } else if (word.startsWith('-') && word.length > 1) {
      // Several in one word: the first that takes a value has the rest for it.
      for (let letters = word.slice(1); letters !== ''; ) {
        const letter = letters.slice(0, 1);
        const known = Object.hasOwn(short, letter) ? long[short[letter] ?? ''] : undefined;
        if (known === undefined) throw unknown(`-${letter}`);
        take(`-${letter}`, known, letters.slice(1));
        letters = known.takesValue ? '' : letters.slice(1);
      }
    } else {
      given.push({ does: 'url', option: 'the URL', value: word });
    }
  }
  return given;
}

const unknown = (option: string) => {
  const near = nearest(option.replace(/^--/, ''), Object.keys(long));
  const next =
    near === null || !option.startsWith('--')
      ? 'Leave it out'
      : `Did you mean --${near}? Else leave it out`;
  return refused(
    `has ${option}, which is not carried over into a scenario. ${next}, and say in the matrix file what it stands for.`,
  );
};
