/**
 * Whether this Node can run grokscope. dist/cli/main.js asks before it imports anything else, so this file stays free of
 * imports and of syntax that an old Node cannot read.
 */

/** The oldest Node that works, as in the engines field of package.json. */
export const OLDEST_NODE = { major: 20, minor: 19 };

/**
 * One sentence about a Node that is too old; undefined when it is recent enough, or when the version cannot be read
 * (another runtime, which may well do).
 * @param version as in `process.version`: `v20.19.0`, `20.19.0`, `v25.0.0-nightly…`
 */
export function nodeVersionProblem(version: string): string | undefined {
  const parts = /^v?(\d+)\.(\d+)/.exec(version);
  if (parts === null) return undefined;
  const major = Number(parts[1]);
  const minor = Number(parts[2]);
  const { major: oldestMajor, minor: oldestMinor } = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  const needed = `${oldestMajor}.${oldestMinor}`;
  const found = version.replace(/^v/, '');
  return `grokscope needs Node.js ${needed} or newer, but this is ${found}: install a newer one from https://nodejs.org and try again.`;
}
