// docs/configuration.md as a function of the JSON Schema: every key with its default, what it may be, and why.

/**
 * The part of the schema that the page reads; src/config/json-schema.ts has all of it.
 * @typedef {{
 *   description?: string, default?: unknown, const?: string, type?: string, title?: string,
 *   properties?: Record<string, SchemaNode>, oneOf?: readonly SchemaNode[], anyOf?: readonly SchemaNode[],
 * }} SchemaNode
 */

const opening = `# Configuration

An experiment is a YAML file of which every key has a default. \`grokscope train --config FILE section.key=value\` reads
the file and then applies the overrides, in order. An unknown key, a wrong type or a number out of range is an error with
file, line and column, and nothing is written. \`grokscope presets\` lists complete examples with comments; they lie in
[configs/](../configs).

This page is generated from the one schema in [src/config/](../src/config) by \`node scripts/docs-configuration.mjs\`.
\`grokscope schema\` prints the same as JSON Schema. Kept beside a configuration
(\`grokscope schema > experiment.schema.json\`), it lets editors complete and check:

\`\`\`yaml
# yaml-language-server: $schema=./experiment.schema.json
dataset: {N: 97, op: add, train_fraction: 0.5}
model: {type: two_layer}
train: {loss: mse, lr: 0.01, weight_decay: 5, betas: [0.9, 0.999], scheduler: {name: constant}, total_steps: 100}
\`\`\`

“The reference” is the one-layer transformer of Nanda et al. (2023, arXiv:2301.05217). The words (memorised, grokked,
held-out) and the formulas of losses, optimisers and decay are in [science.md](science.md).
`;

/**
 * @param {SchemaNode} schema of a whole experiment
 * @param {(node: SchemaNode) => string} expected the words for what a key may be
 * @returns {string} Markdown
 */
export function configurationPage(schema, expected) {
  const properties = Object.entries(schema.properties ?? {});
  const isSection = (/** @type {SchemaNode} */ node) => Boolean(node.properties || node.oneOf || node.anyOf);
  const sections = properties.filter(([, node]) => isSection(node));
  const single = properties.filter(([, node]) => !isSection(node));
  const parts = [opening, '## Top level', table(single.flatMap(([key, node]) => rows(key, node, expected)))];
  for (const [key, node] of sections) {
    parts.push(`## \`${key}\``, node.description ?? '');
    if (node.oneOf) for (const kind of node.oneOf) parts.push(...kindOf(key, kind, expected));
    else if (node.anyOf) for (const kind of node.anyOf) parts.push(...taskOf(kind, expected));
    else parts.push(table(members(node).flatMap(([name, child]) => rows(name, child, expected))));
  }
  return `${parts.map((part) => part.trim()).join('\n\n')}\n`;
}

/**
 * One kind of a section that is told apart by its key \`type\`.
 * @param {string} section
 * @param {SchemaNode} node
 * @param {(node: SchemaNode) => string} expected
 */
function kindOf(section, node, expected) {
  const { type, ...rest } = node.properties ?? {};
  const keys = Object.entries(rest).flatMap(([name, child]) => rows(name, child, expected));
  return [`### \`${section}.type: ${type.const}\``, type.description ?? '', table(keys)];
}

/**
 * The section `dataset` of one task; its title names it.
 * @param {SchemaNode} node
 * @param {(node: SchemaNode) => string} expected
 */
function taskOf(node, expected) {
  const keys = members(node).flatMap(([name, child]) => rows(name, child, expected));
  return [
    `### ${node.title?.replace(/^dataset of task (\w+)$/, '`dataset` of `task: $1`')}`,
    node.description ?? '',
    table(keys),
  ];
}

/** @param {SchemaNode} node */
function members(node) {
  return Object.entries(node.properties ?? {});
}

/**
 * The lines of a key, or of the keys below it as \`outer.inner\`.
 * @param {string} key
 * @param {SchemaNode} node
 * @param {(node: SchemaNode) => string} expected
 * @returns {string[][]}
 */
function rows(key, node, expected) {
  if (node.properties)
    return members(node).flatMap(([name, child]) => rows(`${key}.${name}`, child, expected));
  const known = node.default === undefined ? 'see right' : `\`${written(node.default)}\``;
  return [[`\`${key}\``, known, expected(node), node.description ?? '']];
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  return typeof value === 'number' && value !== 0 && value < 1e-3 ? value.toExponential() : String(value);
}

/** @param {readonly string[][]} lines */
function table(lines) {
  const cells = lines.map((line) => `| ${line.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`);
  return ['| key | default | may be | meaning |', '|---|---|---|---|', ...cells].join('\n');
}
