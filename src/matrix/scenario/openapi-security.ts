import { entriesOf, type Mapping, type Nodes, own, textOf } from './openapi-nodes.ts';
import { encoded } from './percent.ts';
import type { Unwritten } from './unwritten.ts';

export interface Credentials {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly string[];
}

/** What the first way in of an operation sends, each secret as a variable. */
export function credentialsOf(
  operation: Mapping,
  root: Mapping,
  nodes: Nodes,
  to: Unwritten,
): Credentials {
  const [first] = nodes.list(own(operation, 'security') ?? own(root, 'security'));
  const schemes = nodes.mapping(own(nodes.mapping(own(root, 'components')), 'securitySchemes'));
  const headers: (readonly [string, string])[] = [];
  const query: string[] = [];
  for (const [name] of entriesOf(nodes.mapping(first))) {
    const scheme = nodes.mapping(own(schemes, name));
    const kind = textOf(own(scheme, 'type'));
    const secret = (what: string): string =>
      to.hide(name, name, `${what} of the security scheme ${name}`);
    const called = textOf(own(scheme, 'name')) ?? name;
    if (kind === 'apiKey') {
      const place = own(scheme, 'in');
      if (place === 'query') query.push(`${encoded(called)}=${secret('key')}`);
      else if (place === 'cookie') headers.push(['cookie', `${called}=${secret('cookie')}`]);
      else headers.push([called, secret('key')]);
    } else if (kind === 'http' && textOf(own(scheme, 'scheme'))?.toLowerCase() === 'basic') {
      headers.push(['authorization', `Basic ${secret('name:password in base64')}`]);
    } else if (kind !== null && kind !== 'mutualTLS') {
      headers.push(['authorization', `Bearer ${secret('token')}`]);
    }
  }
  return { headers, query };
}
