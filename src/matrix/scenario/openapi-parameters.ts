import { exampleOf } from './openapi-examples.ts';
import { type Mapping, type Nodes, own, textOf } from './openapi-nodes.ts';
import { encoded } from './percent.ts';
import type { Unwritten } from './unwritten.ts';

type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** A parameter as it is sent: `name=value` pairs of a query, one value of all others. */
export interface Sent {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * The parameters of one place, those of the operation before those of its path. Where one must be sent and nothing tells
 * what, a variable stands for it; others without an example are left out.
 */
export function parametersIn(
  place: ParameterPlace,
  lists: readonly unknown[],
  where: string,
  nodes: Nodes,
  to: Unwritten,
): readonly Sent[] {
  const found = new Map<string, Mapping>();
  for (const given of lists.flatMap((list) => nodes.list(list))) {
    const parameter = nodes.mapping(given);
    const name = textOf(own(parameter, 'name'));
    if (parameter === null || name === null || own(parameter, 'in') !== place) continue;
    if (!found.has(name)) found.set(name, parameter);
  }
  return [...found].flatMap(([name, parameter]): Sent[] => {
    const value = exampleOf(contentOf(parameter, nodes), nodes);
    const values = valuesOf(value, parameter, place);
    if (values !== null) return [{ name, values }];
    const isRequired = place === 'path' || own(parameter, 'required') === true;
    return isRequired
      ? [{ name, values: [to.blank(name, `${place} parameter ${name} of ${where}`)] }]
      : [];
  });
}

/** Some describe their value by a media type. */
function contentOf(parameter: Mapping, nodes: Nodes): Mapping {
  const [first] = Object.values(nodes.mapping(own(parameter, 'content')) ?? {});
  return nodes.mapping(first) ?? parameter;
}

/** Null where there is no value, or one that only an encoding of its own could send. */
function valuesOf(
  value: unknown,
  parameter: Mapping,
  place: ParameterPlace,
): readonly string[] | null {
  const isText = place === 'header' || place === 'cookie';
  const shape = (one: unknown): string => (isText ? String(one) : encoded(String(one)));
  if (['string', 'number', 'boolean'].includes(typeof value)) return [shape(value)];
  if (!Array.isArray(value) || value.length === 0) return null;
  if (value.some((one) => typeof one === 'object' && one !== null)) return null;
  const style = textOf(own(parameter, 'style')) ?? (place === 'query' ? 'form' : 'simple');
  if (style === 'form' && own(parameter, 'explode') !== false) return value.map(shape);
  const between = { form: ',', simple: ',', spaceDelimited: '%20', pipeDelimited: '%7C' }[style];
  return between === undefined ? null : [value.map(shape).join(between)];
}
