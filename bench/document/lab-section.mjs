// The section of docs/performance.md about the lab.

import { isMet, targetInWords } from '../measurement.mjs';
import { provenance } from './provenance.mjs';
import { table } from './table.mjs';

const labText = `The page as \`grokscope lab\` serves it, in Chromium without a graphics card, each time opened as at a first visit; in turn with
it the command trains the same. Frames are those that the page could draw between Play and the end, the recording itself included.
Of the second before the first picture about a third is the page's own script, a third the worker's (engine, kernels, examples), and a
third the first evaluation with what is drawn of it.`;

/**
 * @param {import('./document.mjs').Sourced} lab
 * @returns {string[]} its paragraphs
 */
export function labSection({ file, source }) {
  return [provenance(file, source), labText, labRows(file.results.lab)];
}

/** @param {readonly import('../measurement.mjs').Result[]} results */
function labRows(results) {
  const rows = results.map((result) => {
    const { what, value, unit, remark = '' } = result;
    const met = isMet(result);
    const verdict = met === undefined ? '' : `${targetInWords(result)}: ${met ? 'met' : 'NOT MET'}`;
    return [what, `${value} ${unit}`, verdict, remark];
  });
  return table(['', 'measured', 'target', ''], rows);
}
