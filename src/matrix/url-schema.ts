import type { z } from 'zod';
import type { UrlTarget } from '../model/settings.ts';
import { parseTargetUrl } from '../model/url.ts';
import { withPlaceholder } from '../model/variables.ts';
import { refuse, text, textLike } from './fields.ts';
import type { Said } from './target-schema.ts';
import { shown } from './wording.ts';

/** A digit can be a part of a host and of a port, as the values of variables can. */
const placeholder = '1';

export const targetUrl = text('http://127.0.0.1:3000').superRefine((given, context) => {
  const read = parseTargetUrl(withPlaceholder(given, placeholder));
  if (typeof read === 'string') refuse(context, `${shown(given)} ${read}`);
});

/** Whose last part is no number, as an address's is. */
export const servername = textLike(
  /^([A-Za-z0-9_-]+\.)*[A-Za-z_-][A-Za-z0-9_-]*$/,
  'a name that a certificate carries',
  'api.example.com',
);

/** A target that runs already takes nothing of what starts one. */
export function urlTarget(
  said: Said & { readonly url: string },
  context: z.RefinementCtx,
): UrlTarget {
  const { url, servername = null, verify = true, ...others } = said;
  const [key] = Object.entries(others).flatMap(([name, value]) =>
    value === undefined ? [] : name,
  );
  if (key !== undefined)
    return refuse(
      context,
      'belongs to a target that bench starts, and this one runs already. Remove it, or remove url.',
      [key],
    );
  if (!/^https:/i.test(url)) {
    const [idle] = [...(servername === null ? [] : ['servername']), ...(verify ? [] : ['verify'])];
    if (idle !== undefined)
      return refuse(context, 'has no effect on a url of plain http. Remove it.', [idle]);
  }
  return { kind: 'url', url, servername, verify };
}
