/** The address of the page as values, and values as an address: what stands after `#`. */

import { type Address, properties, propertyNames } from './properties.ts';

/** What a link says, and in a sentence each what of it could not be understood. */
export interface ReadAddress {
  readonly address: Address;
  readonly faults: readonly string[];
}

/** What an address may say several times. */
const repeatable: ReadonlySet<string> = new Set<keyof Address>(['set', 'with', 'fork']);

/** Everything at its default. */
export const emptyAddress = Object.fromEntries(
  propertyNames.map((name) => [name, properties[name].fallback]),
) as unknown as Address;

/** What is not understood stays at its default and is a fault. */
export function readAddress(hash: string): ReadAddress {
  const texts = new Map<string, string[]>();
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    texts.set(name, [...(texts.get(name) ?? []), text]);
  }
  const faults: string[] = [];
  for (const name of texts.keys()) {
    if (!Object.hasOwn(properties, name))
      faults.push(`The address names '${name}', which the lab does not know.`);
  }
  const entries = propertyNames.map((name) => {
    const { fallback, read, expected } = properties[name];
    const given = texts.get(name);
    const value = given === undefined ? fallback : read(given);
    if (given !== undefined && value === undefined) {
      faults.push(
        `The address says ${name}=${given.join(', ')}, where ${expected} was expected; it is left out.`,
      );
    }
    if (given !== undefined && value !== undefined && !repeatable.has(name) && new Set(given).size > 1)
      faults.push(
        `The address says ${given.map((text) => `${name}=${text}`).join(' and ')}; the first counts.`,
      );
    return [name, value ?? fallback];
  });
  return { address: Object.fromEntries(entries) as unknown as Address, faults };
}

/** The text after `#`; empty where everything is at its default. */
export function writeAddress(address: Address): string {
  const parameters = new URLSearchParams();
  for (const name of propertyNames) for (const text of textsOf(name, address)) parameters.append(name, text);
  // Readable where it can be: these need no escape after #.
  return parameters.toString().replace(/%(3D|2C|3A|3B|40)/g, (escaped) => decodeURIComponent(escaped));
}

function textsOf<Name extends keyof Address>(name: Name, address: Address): readonly string[] {
  const { write, fallback } = properties[name];
  const texts = write(address[name]);
  return JSON.stringify(texts) === JSON.stringify(write(fallback)) ? [] : texts;
}
