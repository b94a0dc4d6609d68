import { expect, test } from 'vitest';
import { jsonSchema, type SchemaNode, schemaPaths } from './json-schema.ts';

test('the schema names itself and describes every key that holds a value', () => {
  const schema = jsonSchema();
  expect(schema.$id).toBe('urn:grokscope:experiment');
  expect(schema.title).toBe('grokscope experiment');
  const undescribed: string[] = [];
  const visit = (node: SchemaNode, path: string) => {
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      if (child.properties === undefined && child.description === undefined)
        undescribed.push(`${path}${key}`);
      visit(child, `${path}${key}.`);
    }
    for (const branch of node.oneOf ?? []) visit(branch, path);
  };
  visit(schema, '');
  expect(undescribed).toEqual([]);
});

test('no object of the schema takes unknown keys', () => {
  const open: SchemaNode[] = [];
  const visit = (node: SchemaNode) => {
    if (node.properties !== undefined && node.additionalProperties !== false) open.push(node);
    for (const child of [...Object.values(node.properties ?? {}), ...(node.oneOf ?? [])]) visit(child);
  };
  visit(jsonSchema());
  expect(open).toEqual([]);
});

test('its paths reach into sections and into every kind of model', () => {
  const paths = schemaPaths().map((path) => path.join('.'));
  expect(paths).toEqual(
    expect.arrayContaining(['train.scheduler.name', 'model.heads', 'model.combine', 'seed']),
  );
});
