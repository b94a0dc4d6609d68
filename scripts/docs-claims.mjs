// Writes docs/claims.md from the trials and their results. Needs a build: npm run build && node scripts/docs-claims.mjs

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { claimsPage } from './claims-page.mjs';
import { root } from './run.mjs';

/** @param {string} file of dist; by URL, which type checks do not follow before a build */
const built = (file) => import(pathToFileURL(join(root, 'dist', file)).href);

const { comparisonText, readClaims } = await built('cli/claims.js');
const trials = join(root, 'trials');
const ledger = existsSync(trials) ? readClaims(trials) : { entries: [], waiting: [] };
writeFileSync(join(root, 'docs', 'claims.md'), claimsPage(ledger, comparisonText));
