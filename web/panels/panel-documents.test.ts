import { expect, test } from 'vitest';
import { documentPage, labDocuments } from '../../scripts/lab-documents.mjs';
import { steps } from '../tour/steps/index.ts';
import { documentLink } from './document-link.ts';
import { panels } from './index.ts';

const pages = new Map(labDocuments.map((name) => [`docs/${name}.html`, documentPage(name)]));

const sources = [
  ...panels.map(({ name, formulas }) => ({ name, documents: formulas })),
  ...steps.map(({ title, evidence }) => ({ name: title, documents: evidence })),
];

test('the formulas of every panel, and the evidence of the tour, stand in a document beside the lab', () => {
  for (const { name, documents } of sources) {
    expect(documents.length, name).toBeGreaterThan(0);
    for (const { document } of documents) {
      const [path = '', anchor] = documentLink(document).address.split('#');
      expect(pages.has(path), `${name}: ${document}`).toBe(true);
      if (anchor !== undefined) expect(pages.get(path), `${name}: ${document}`).toContain(` id="${anchor}"`);
    }
  }
});

test('a link says which document and section it leads to', () => {
  expect(documentLink('docs/measures.md#key-frequencies')).toEqual({
    address: 'docs/measures.html#key-frequencies',
    words: 'measures: key frequencies',
  });
  expect(documentLink('docs/theory.md').address).toBe('docs/theory.html');
});

test('no two panels have one name, and each offers its numbers and a picture', () => {
  expect(new Set(panels.map(({ name }) => name)).size).toBe(panels.length);
  for (const { name, svg, png } of panels) expect(svg ?? png, name).toBeDefined();
});
