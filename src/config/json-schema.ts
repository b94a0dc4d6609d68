/** The schema as JSON Schema (draft 7, which editors complete and check against), and walks through it. */
import { z } from 'zod';
import type { Path } from './error.ts';
import { experimentSchemas } from './experiment.ts';
import { settingsOfTasks, type TaskName, taskNames } from './tasks/index.ts';
import { taskOf } from './tasks/written-task.ts';

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

function toNode(schema: z.ZodType): SchemaNode & { $schema: string } {
  const { $schema, ...node } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return { $schema: String($schema), ...(node as SchemaNode) };
}

/**
 * What `grokscope schema` prints: the JSON Schema of a configuration file, defaults and descriptions included. Its
 * `dataset` is that of any task; that its keys are those of the task at hand is for the loader to see.
 */
export function jsonSchema(): ExperimentJsonSchema {
  const { $schema, ...schema } = toNode(experimentSchemas.modular);
  const kinds = taskNames.map((task) => {
    const { $schema: _, ...kind } = toNode(settingsOfTasks[task].schema);
    return kind;
  });
  const description = 'What the task asks for, and which examples are trained on.';
  const dataset: SchemaNode = { description, default: {}, anyOf: kinds };
  return {
    $schema,
    $id: 'urn:grokscope:experiment',
    ...schema,
    properties: { ...schema.properties, dataset },
    description: 'A grokscope experiment. Every key is optional but type inside model.',
  };
}

const known = new Map<TaskName, SchemaNode>();

/** The schema for one task. Made once, and only when something is wrong: it takes some milliseconds. */
function knownSchema(task: TaskName): SchemaNode {
  const schema = known.get(task) ?? toNode(experimentSchemas[task]);
  known.set(task, schema);
  return schema;
}

/**
 * The node that describes `path`; `raw` (the value checked) tells which task and which kind of model is meant. Null if
 * there is none.
 */
export function schemaAt(path: Path, raw: unknown): SchemaNode | null {
  let node: SchemaNode | null = knownSchema(taskOf(raw));
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

/** Every path of keys in the schema, e.g. `train.scheduler.name`, all tasks and kinds of model included. */
export function schemaPaths(node: SchemaNode = jsonSchema(), prefix: readonly string[] = []): string[][] {
  const below = Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = [...prefix, key];
    return [path, ...schemaPaths(child, path)];
  });
  const branches = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
  return [...below, ...branches.flatMap((branch) => schemaPaths(branch, prefix))];
}

/** The kinds (`type`) of the union at `path` that have `key`; none where there is no union. */
export function kindsWithKey(path: Path, key: string): string[] {
  let node: SchemaNode | null = knownSchema('modular');
  for (const step of path) node = ownProperty(node?.properties, String(step));
  const kinds = (node?.oneOf ?? []).filter((branch) => ownProperty(branch.properties, key) !== null);
  return kinds.map((branch) => branch.properties?.type.const ?? '');
}

/** The tasks whose section `dataset` has `key`. */
export function tasksWithKey(key: string): TaskName[] {
  return taskNames.filter((task) => {
    const dataset = knownSchema(task).properties?.dataset;
    return ownProperty(dataset?.properties, key) !== null;
  });
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
