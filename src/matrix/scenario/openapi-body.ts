import { exampleOf } from './openapi-examples.ts';
import { entriesOf, type Mapping, type Nodes, own } from './openapi-nodes.ts';

/** A body of a type that can be written. */
export interface ExampleBody {
  readonly type: string;
  readonly text: string;
}

/** Null where there is none; `unknown` where one must be sent and nothing tells what. */
export function bodyOf(operation: Mapping, nodes: Nodes): ExampleBody | 'unknown' | null {
  const body = nodes.mapping(own(operation, 'requestBody'));
  if (body === null) return null;
  const contents = entriesOf(nodes.mapping(own(body, 'content')));
  const byPreference = [...contents].sort(([a], [b]) => Number(isJson(b)) - Number(isJson(a)));
  for (const [type, content] of byPreference) {
    const media = nodes.mapping(content);
    const text = media === null ? null : written(type, exampleOf(media, nodes));
    if (text !== null) return { type, text };
  }
  return own(body, 'required') === true || contents.length > 0 ? 'unknown' : null;
}

const isJson = (type: string): boolean => /[/+]json\b/i.test(type);

function written(type: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (isJson(type)) return JSON.stringify(value);
  if (typeof value === 'string') return value;
  if (!/^application\/x-www-form-urlencoded/i.test(type)) return null;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const pairs = Object.entries(value).map(([name, one]): [string, string] => [name, String(one)]);
  return String(new URLSearchParams(pairs));
}
