// Draws the README's picture from a real run: npm run build && node scripts/docs-figures.mjs (about ten seconds).

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

const library = await import(pathToFileURL(join(root, 'dist', 'index.js')).href);
const folder = join(root, 'docs', 'figures');
const preset = readFileSync(join(root, 'configs', 'r1.yaml'), 'utf8');
const { experiment } = library.parseExperiment(preset, { file: 'r1.yaml' });

const rows = [];
for await (const snapshot of library.train(experiment)) rows.push(...library.metricsRows(snapshot));

mkdirSync(folder, { recursive: true });
const name = 'Addition modulo 97, two-layer network, half of all pairs';
for (const theme of ['light', 'dark']) {
  const svg = library.figures.accuracyCurves({ name, rows }, { xscale: 'linear', theme });
  writeFileSync(join(folder, `r1-accuracy-${theme}.svg`), svg);
}
