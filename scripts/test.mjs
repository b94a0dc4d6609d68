// `npm test`: installs, builds, then every check and every test in order; stops at the first failure with its exit code.
// `--quick` (`npm run check`) leaves out what needs the packed package, other versions of Node and browsers.

import './require-node.mjs';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './find-chromium.mjs';
import { findFirefox } from './find-firefox.mjs';
import { install } from './install.mjs';
import { root, runNode } from './run.mjs';

const quick = process.argv.includes('--quick');
const unknown = process.argv.slice(2).filter((parameter) => parameter !== '--quick');
if (unknown.length > 0) {
  console.error(
    `npm test takes no ${unknown.join(' ')}, only --quick. For one file: npx vitest run path/to/it.test.ts`,
  );
  process.exit(2);
}

const totals = { passed: 0, failed: 0, skipped: 0 };

/** @type {{ title: string, run: () => Promise<number> }[]} */
const steps = [
  { title: 'Dependencies', run: install },
  { title: 'Build', run: () => runNode('scripts/build.mjs', []) },
  {
    title: 'Format and lint',
    run: () => tool('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']),
  },
  { title: 'Types', run: () => tool('typescript/bin/tsc', ['--noEmit']) },
  { title: 'Links and commands in the documents', run: () => runNode('scripts/check-links.mjs', []) },
  { title: 'Unit, property and behaviour tests', run: () => vitest('vitest.config.ts') },
];
if (!quick) {
  steps.push(
    { title: 'The package as users get it', run: () => vitest('vitest.built.config.ts') },
    { title: 'The same bits on every Node', run: () => vitest('vitest.hosts.config.ts') },
    {
      title: 'Chromium and Firefox',
      run: async () => {
        const { path: firefox } = findFirefox({ install: true });
        const paths = { CHROME_PATH: ensureChromium(), ...(firefox && { FIREFOX_PATH: firefox }) };
        return vitest('vitest.browser.config.ts', paths);
      },
    },
  );
}

for (const { title, run } of steps) {
  console.log(`\n── ${title}`);
  const start = performance.now();
  process.exitCode = await run().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
  if (process.exitCode !== 0) {
    console.error(`\nStopped at: ${title}.`);
    if (totals.failed === 0) totals.failed = 1; // the step itself
    break;
  }
  console.log(`${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`\ntests: ${totals.passed} passed, ${totals.failed} failed${skipped}`);

/**
 * Runs a development tool of node_modules.
 * @param {string} file
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} [env]
 */
function tool(file, parameters, env = {}) {
  return runNode(join(root, 'node_modules', file), parameters, { env: { ...process.env, ...env } });
}

/**
 * Runs the tests of one vitest configuration and adds its counts to the totals.
 * @param {string} config
 * @param {NodeJS.ProcessEnv} [env]
 */
async function vitest(config, env) {
  const report = join(root, '.cache', `${config}.json`);
  rmSync(report, { force: true });
  const code = await tool(
    'vitest/vitest.mjs',
    ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env,
  );
  if (existsSync(report)) {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    const broken = counts.testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
        file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
    totals.passed += counts.numPassedTests;
    totals.failed += counts.numFailedTests + broken; // a file that does not load counts as one failure
    totals.skipped += counts.numPendingTests + counts.numTodoTests;
  }
  return code;
}
