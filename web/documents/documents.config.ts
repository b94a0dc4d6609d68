/** Puts the documents that panels link to beside the page, so that they are served with it and kept for use without network. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { documentPage, labDocuments } from '../../scripts/lab-documents.mjs';

/** docs/NAME.html for each document, and their style. */
export function documentsBuild(): Plugin {
  return {
    name: 'grokscope-documents',
    generateBundle() {
      for (const name of labDocuments) {
        this.emitFile({ type: 'asset', fileName: `docs/${name}.html`, source: documentPage(name) });
      }
      const style = readFileSync(fileURLToPath(new URL('./document.css', import.meta.url)), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'docs/document.css', source: style });
    },
  };
}
