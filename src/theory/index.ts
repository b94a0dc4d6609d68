/** The theory of grokking as norm minimisation on the zero-loss manifold, exported as `grokscope/theory`. */

export { TheoryError } from './refusal.ts';
