/** JSON whose text depends on the value alone: what is hashed to name a computation. */

/**
 * JSON with sorted keys and no spaces, so that equal values have equal text; keys without a value are left out.
 * @throws Error when a value is none of JSON's (NaN, ∞, functions, …) and two different values would look equal.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean'].includes(typeof value)) {
    return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  }
  if (value === null) return 'null';
  throw new Error(`internal: ${String(value)} has no canonical JSON`);
}

/** The text whose SHA-256 is a run's id: the canonical JSON of what determines it, and the engine's numeric version. */
export function runIdText(config: object, numericVersion: string): string {
  return `${canonicalJson(config)}\n${numericVersion}`;
}
