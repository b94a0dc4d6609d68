// Where and when the numbers of a file were measured, in words.

/**
 * @param {import('./document.mjs').ResultsFile} file
 * @param {string} source its path in the repository
 */
export function provenance({ date, version, numeric_version, machine, load }, source) {
  return (
    `Measured on ${date}: grokscope ${version} (numeric version ${numeric_version}), ${machine.cpu}, ${machine.cores} cores, ` +
    `${machine.platform}, load ${load.before} before and ${load.after} after. Raw numbers: [${source}](../${source}).`
  );
}
