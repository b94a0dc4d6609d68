// Trains the experiments with the built library in a process of its own, so that any Node can be asked, with any flags.
// Parameters: the machine's options as JSON, and the number of steps. Prints the outcomes as one line of JSON.

import { outcomes } from './experiments.mjs';

// A path that nobody resolves before it is there, types included.
const built = new URL('../../dist/index.js', import.meta.url).href;
const [options, steps] = process.argv.slice(2);
console.log(JSON.stringify(await outcomes(await import(built), JSON.parse(options), Number(steps))));
