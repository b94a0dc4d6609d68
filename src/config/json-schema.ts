/** The schema as JSON Schema (draft 7, which editors complete and check against), and walks through it. */
import { z } from 'zod';
import type { Path } from './error.ts';
import { experimentSchema } from './experiment.ts';

/** The part of JSON Schema that the experiment's schema makes use of. */
export interface SchemaNode {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  const?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  pattern?: string;
  properties?: Record<string, SchemaNode>;
  required?: readonly string[];
  additionalProperties?: boolean;
  /** One for each place of a tuple, or one for every item of a list. */
  items?: readonly SchemaNode[] | SchemaNode;
  minItems?: number;
  maxItems?: number;
  anyOf?: readonly SchemaNode[];
  oneOf?: readonly SchemaNode[];
}

export interface ExperimentJsonSchema extends SchemaNode {
  $schema: string;
  $id: string;
}

/** What `grokscope schema` prints: the JSON Schema of a configuration file, defaults and descriptions included. */
export function jsonSchema(): ExperimentJsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' });
  return {
    $schema: String($schema),
    $id: 'urn:grokscope:experiment',
    ...(schema as SchemaNode),
    description: 'A grokscope experiment. Every key is optional but type inside model.',
  };
}

let known: ExperimentJsonSchema | undefined;

/** Made once, and only when something is wrong: it takes some milliseconds. */
function knownSchema(): ExperimentJsonSchema {
  known ??= jsonSchema();
  return known;
}

/** The node that describes `path`; `raw` (the value checked) tells which kind of model is meant. Null if there is none. */
export function schemaAt(path: Path, raw: unknown): SchemaNode | null {
  let node: SchemaNode | null = knownSchema();
  let value = raw;
  for (const key of path) {
    const branch: SchemaNode | null = node === null ? null : branchOf(node, value);
    if (typeof key === 'number') node = itemOf(branch?.items, key);
    else node = ownProperty(branch?.properties, key);
    value = isObject(value) ? value[key] : undefined;
  }
  return node === null ? null : branchOf(node, value);
}

/** Whether a list has a schema for each of its places. */
export function isTuple(items: SchemaNode['items']): items is readonly SchemaNode[] {
  return Array.isArray(items);
}

function itemOf(items: SchemaNode['items'], place: number): SchemaNode | null {
  return (isTuple(items) ? items[place] : items) ?? null;
}

/** Every path of keys in the schema, e.g. `train.scheduler.name`, all kinds of model included. */
export function schemaPaths(node: SchemaNode = knownSchema(), prefix: readonly string[] = []): string[][] {
  const below = Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = [...prefix, key];
    return [path, ...schemaPaths(child, path)];
  });
  return [...below, ...(node.oneOf ?? []).flatMap((branch) => schemaPaths(branch, prefix))];
}

/** The kinds (`type`) of the union at `path` that have `key`; none where there is no union. */
export function kindsWithKey(path: Path, key: string): string[] {
  let node: SchemaNode | null = knownSchema();
  for (const step of path) node = ownProperty(node?.properties, String(step));
  const kinds = (node?.oneOf ?? []).filter((branch) => ownProperty(branch.properties, key) !== null);
  return kinds.map((branch) => branch.properties?.type.const ?? '');
}

/** The kinds of a discriminated union at `node` share the key `type`; without a known one the union is described by it alone. */
function branchOf(node: SchemaNode, value: unknown): SchemaNode {
  if (node.oneOf === undefined) return node;
  const type = isObject(value) ? value.type : undefined;
  const kinds = node.oneOf.map((branch) => branch.properties?.type.const ?? '');
  const chosen = node.oneOf.find((_, index) => kinds[index] === type);
  return chosen ?? { type: 'object', properties: { type: { type: 'string', enum: kinds } } };
}

function ownProperty(properties: Record<string, SchemaNode> | undefined, key: string): SchemaNode | null {
  return properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : null;
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
