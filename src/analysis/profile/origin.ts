import type { ProfileOrigin } from '../../model/profile.ts';

/** Absolute folders on the machine that measured, which no name may contain. */
export interface Roots {
  /** Of our own program. */
  readonly bench: string;
  /** Of what is the user's: its files are called by their paths below it. */
  readonly own: readonly string[];
}

export interface Located {
  readonly origin: ProfileOrigin;
  readonly file: string;
}

/** Longer names say nothing more. */
const longest = 160;
export const shortened = (text: string): string =>
  text.length <= longest ? text : `…${text.slice(1 - longest)}`;

/** Whose the file of a function is, and what it is called there. @param url of V8, not empty: a `file:` URL, a path, or an id */
export function locate(url: string, roots: Roots): Located {
  if (url.startsWith('node:')) {
    return { origin: { kind: 'node', name: nodeModule(url) }, file: shortened(url) };
  }
  const path = pathOf(url);
  const ours = below(path, roots.bench);
  if (ours !== null) return { origin: { kind: 'bench', name: 'bench' }, file: shortened(ours) };
  const at = path.lastIndexOf(modules);
  if (at !== -1) {
    const [first = '', second = '', ...rest] = path.slice(at + modules.length).split('/');
    const isScoped = first.startsWith('@');
    const name = shortened(isScoped ? `${first}/${second}` : first);
    const file = (isScoped ? rest : [second, ...rest]).join('/');
    return { origin: { kind: 'package', name }, file: shortened(file) };
  }
  const found = roots.own
    .map((root) => below(path, root))
    .filter((inside) => inside !== null)
    .sort((a, b) => a.length - b.length)[0];
  const file = shortened(found ?? `…/${path.slice(path.lastIndexOf('/') + 1)}`);
  return { origin: { kind: 'own', name: file }, file };
}

const modules = '/node_modules/';

/** What an arm's package manager or loader added to a URL is no part of the file. */
function pathOf(url: string): string {
  const path = url.startsWith('file://') ? url.slice('file://'.length) : url;
  const [plain = ''] = path.split(/[?#]/, 1);
  try {
    return decodeURI(plain);
  } catch {
    return plain;
  }
}

const below = (path: string, root: string): string | null =>
  root !== '' && path.startsWith(`${root.replace(/\/$/, '')}/`)
    ? path.slice(root.replace(/\/$/, '').length + 1)
    : null;

/** Node's internals by the public module that they serve: `node:internal/tls/common` and `node:_tls_wrap` are `node:tls`. */
function nodeModule(url: string): string {
  const [first = '', second = ''] = url.slice('node:'.length).split('/');
  const name = first === 'internal' ? second : first;
  const stem = /^_(tls|http|stream)_/.exec(name)?.[1] ?? name;
  return shortened(`node:${internalNames[stem] ?? stem}`);
}

const internalNames: Readonly<Record<string, string>> = {
  streams: 'stream',
  stream_base_commons: 'stream',
  js_stream_socket: 'net',
};
