// JSON for people and diffs: indented, but arrays of numbers and words on one line each.

/**
 * The text of a value, ended by a line feed.
 * @param {unknown} value as JSON can hold
 */
export function readableJson(value) {
  return `${written(value, '')}\n`;
}

/**
 * @param {unknown} value
 * @param {string} indent of the line it stands on
 * @returns {string}
 */
function written(value, indent) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((member) => ['', member])
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [`${JSON.stringify(key)}: `, member]);
  const [open, close] = isArray ? '[]' : '{}';
  if (members.length === 0) return open + close;
  if (isArray && value.every((member) => typeof member !== 'object' || member === null)) {
    return `[${value.map((member) => JSON.stringify(member)).join(', ')}]`;
  }
  const inner = `${indent}  `;
  const lines = members.map(([key, member]) => `${inner}${key}${written(member, inner)}`);
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
