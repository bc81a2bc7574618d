import { z } from 'zod';
import { BenchFailure } from '../../model/failure.ts';
import { type Draft, leftOutWords, type RawRequest, someRequests } from './draft.ts';
import { draftRequest } from './request.ts';
import { unwrittenValues } from './unwritten.ts';

/** What of a HAR matters here; whatever else browsers put into it is not looked at. */
const pair = z.object({ name: z.string(), value: z.string() });
const entry = z.object({
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(pair).default([]),
    postData: z
      .object({
        mimeType: z.string().default(''),
        text: z.string().optional(),
        params: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional(),
      })
      .optional(),
  }),
  response: z.object({
    status: z.number(),
    content: z.object({ mimeType: z.string().default('') }).optional(),
  }),
  _resourceType: z.string().optional().catch(undefined),
  _fromCache: z.unknown().optional(),
});
type Entry = z.output<typeof entry>;
const har = z.object({ log: z.object({ entries: z.array(entry) }) });

/** An entry with the address that it was sent to. */
interface Sent {
  readonly entry: Entry;
  readonly url: URL;
}

export interface HarOptions {
  /** Null for the one that most requests went to. */
  readonly origin: string | null;
  /** Whether images, scripts, styles and fonts are kept. */
  readonly assets: boolean;
}

/** The requests of one origin, in the order in which they were made. @throws BenchFailure in one line. */
export function draftFromHar(text: string, file: string, { origin, assets }: HarOptions): Draft {
  const sent = entriesOf(text, file).flatMap((each): Sent[] => {
    const url = URL.canParse(each.request.url) ? new URL(each.request.url) : null;
    return url !== null && /^https?:$/.test(url.protocol) ? [{ entry: each, url }] : [];
  });
  const answered = sent.filter(
    ({ entry: { response, _fromCache: cached } }) =>
      response.status >= 100 && response.status <= 599 && !cached,
  );
  const wanted = answered.filter((one) => assets || !isAsset(one));
  const chosen = chosenOrigin(wanted, origin, file);
  const own = wanted.filter(({ url }) => url.origin === chosen);
  const to = unwrittenValues();
  const drafts = own.map((one) => {
    const raw = rawRequest(one);
    return raw === null ? null : draftRequest(raw, to);
  });
  const usable = drafts.filter((draft) => draft !== null);
  const { requests, leftOut } = someRequests(usable, () =>
    refused(
      `${file}: none of its ${own.length} requests to ${chosen} can be sent again. Record others.`,
    ),
  );
  return {
    source: `Requests of ${file} to ${chosen}, in the order in which they were made`,
    origin: chosen,
    requests,
    variables: to.variables(),
    leftOut: [
      ...leftOutWords(
        answered.length - wanted.length,
        'static asset',
        'static assets',
        ' (--assets keeps them)',
      ),
      ...leftOutWords(
        wanted.length - own.length,
        'request',
        'requests',
        ` to ${othersOf(wanted, chosen)} (--origin chooses)`,
      ),
      ...leftOutWords(
        sent.length - answered.length,
        'request',
        'requests',
        ' without an answer from a server',
      ),
      ...leftOutWords(
        own.length - usable.length,
        'request',
        'requests',
        ' whose body is multipart or was not recorded, or whose method is odd',
      ),
      ...leftOut,
    ],
  };
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

function entriesOf(text: string, file: string): readonly Entry[] {
  const next = 'Save the network log of a browser as HAR, and give that.';
  let parsed: unknown;
  try {
    // Some programs begin it with a mark of the byte order.
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw refused(`${file}: is not JSON, and so no HAR. ${next}`);
  }
  const read = har.safeParse(parsed);
  if (read.success) return read.data.log.entries;
  const key = read.error.issues[0]?.path.join('.') ?? '';
  throw refused(
    `${file}: is no HAR: ${key === '' ? 'it is not an object' : `${key} is missing or unfit`}. ${next}`,
  );
}

const assetTypes = new Set([
  'stylesheet',
  'script',
  'image',
  'font',
  'media',
  'manifest',
  'texttrack',
]);
const assetMime =
  /^(image|font|audio|video)\/|javascript|ecmascript|^text\/css|application\/(wasm|font)/i;
const assetPath =
  /\.(avif|css|eot|gif|ico|jpe?g|js|map|mjs|mp[34]|otf|png|svg|ttf|wasm|webm|webp|woff2?)$/i;

/** Browsers say it; of other HARs the type of the answer does, or the ending of the path. */
const isAsset = ({ entry: { request, response, _resourceType: type }, url }: Sent): boolean => {
  if (request.method !== 'GET') return false;
  if (type !== undefined) return assetTypes.has(type);
  return assetMime.test(response.content?.mimeType ?? '') || assetPath.test(url.pathname);
};

function chosenOrigin(sent: readonly Sent[], wanted: string | null, file: string): string {
  const counts = new Map<string, number>();
  for (const { url } of sent) counts.set(url.origin, (counts.get(url.origin) ?? 0) + 1);
  const [most, ...others] = [...counts].sort(([, a], [, b]) => b - a).map(([origin]) => origin);
  if (most === undefined)
    throw refused(
      `${file}: has no request that a server answered, static assets aside. Record some, or say --assets.`,
    );
  if (wanted === null) return most;
  const origin = URL.canParse(wanted) ? new URL(wanted).origin : wanted;
  if (counts.has(origin)) return origin;
  throw refused(
    `--origin ${wanted}: no request of ${file} went there. Choose one of ${[most, ...others].join(', ')}.`,
  );
}

const othersOf = (sent: readonly Sent[], chosen: string): string =>
  [...new Set(sent.map(({ url }) => url.origin))].filter((origin) => origin !== chosen).join(', ');

/** What a browser says of the page that asks, and of its cache. */
const browsers = /^(referer|origin|cache-control|pragma)$/i;

/** Null where the body cannot be told from the recording. */
function rawRequest({ entry: { request, response }, url }: Sent): RawRequest | null {
  const { method, postData } = request;
  const headers = request.headers.filter(({ name }) => !browsers.test(name));
  const header = (wanted: RegExp): string =>
    headers.find(({ name }) => wanted.test(name))?.value ?? '';
  const form = (postData?.params ?? []).map(({ name, value = '' }): [string, string] => [
    name,
    value,
  ]);
  const body = postData?.text || (form.length === 0 ? null : String(new URLSearchParams(form)));
  if (/^multipart\//i.test(header(/^content-type$/i))) return null;
  if (body === null && Number(header(/^content-length$/i)) > 0) return null;
  return {
    ...{ method, body, status: response.status },
    path: url.pathname + url.search,
    headers: headers.map(({ name, value }) => [name, value] as const),
  };
}
