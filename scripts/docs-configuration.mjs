// Writes docs/configuration.md from the schema. Needs a build: npm run build && node scripts/docs-configuration.mjs

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationPage } from './configuration-page.mjs';
import { root } from './run.mjs';

/** @param {string} file of dist; by URL, which type checks do not follow before a build */
const built = (file) => import(pathToFileURL(join(root, 'dist', file)).href);

const { jsonSchema } = await built('index.js');
const { expectedText } = await built('config/words.js');
writeFileSync(join(root, 'docs', 'configuration.md'), configurationPage(jsonSchema(), expectedText));
