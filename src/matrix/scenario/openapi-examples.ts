import { entriesOf, type Mapping, type Nodes, own } from './openapi-nodes.ts';

/** Schemas may hold one another many times over, and so stand for more than anybody would send. */
const mostSchemas = 2_000;

/** Those that hold the one in hand: within itself a schema says nothing. */
interface Around {
  readonly schemas: readonly Mapping[];
  readonly visits: { left: number };
}

/** What a parameter or a body says that it may be; undefined where it says nothing. */
export function exampleOf(node: Mapping, nodes: Nodes): unknown {
  const said = own(node, 'example');
  if (said !== undefined) return said;
  const [first] = entriesOf(nodes.mapping(own(node, 'examples')));
  const value = first === undefined ? undefined : own(nodes.mapping(first[1]), 'value');
  return value !== undefined
    ? value
    : schemaExample(own(node, 'schema'), nodes, { schemas: [], visits: { left: mostSchemas } });
}

/** Only what the schema says itself: nothing is made up from types. */
function schemaExample(given: unknown, nodes: Nodes, { schemas, visits }: Around): unknown {
  const schema = nodes.mapping(given);
  if (schema === null || schemas.includes(schema) || visits.left === 0) return undefined;
  visits.left -= 1;
  const said = [
    own(schema, 'example'),
    nodes.list(own(schema, 'examples'))[0],
    own(schema, 'default'),
    own(schema, 'const'),
    nodes.list(own(schema, 'enum'))[0],
  ].find((value) => value !== undefined);
  if (said !== undefined) return said;
  const around = { schemas: [...schemas, schema], visits };
  const inner = (value: unknown): unknown => schemaExample(value, nodes, around);
  const all = nodes.list(own(schema, 'allOf'));
  if (all.length > 0) return merged(all.map(inner));
  const [one] = [...nodes.list(own(schema, 'oneOf')), ...nodes.list(own(schema, 'anyOf'))];
  if (one !== undefined) return inner(one);
  const items = own(schema, 'items');
  if (items !== undefined) {
    const item = inner(items);
    return item === undefined ? undefined : [item];
  }
  const properties = entriesOf(nodes.mapping(own(schema, 'properties')));
  if (properties.length === 0) return undefined;
  const required = nodes.list(own(schema, 'required'));
  const values = properties.map(([name, property]) => [name, inner(property)] as const);
  if (values.some(([name, value]) => value === undefined && required.includes(name)))
    return undefined;
  const known = values.filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** Undefined where one of them is no object. */
function merged(parts: readonly unknown[]): unknown {
  const objects = parts.filter((part) => typeof part === 'object' && part !== null);
  return objects.length === parts.length ? Object.assign({}, ...objects) : undefined;
}
