/** The parameters of a model under construction: each is declared once, with its name, shape and initial values. */

import type { Dtype, Expr } from '../engine/index.ts';
import { parameter } from '../engine/index.ts';
import type { Initializer } from './initializers.ts';

export class Weights {
  readonly parameters: Expr[] = [];
  readonly #dtype: Dtype;
  readonly #declared = new Map<string, { shape: readonly number[]; initializer: Initializer }>();

  constructor(dtype: Dtype) {
    this.#dtype = dtype;
  }

  /** Declares a parameter and returns it. Throws when the name is taken. */
  declare(name: string, shape: readonly number[], initializer: Initializer): Expr {
    if (this.#declared.has(name))
      throw new Error(`parameter ${name}: declared twice, give each its own name`);
    this.#declared.set(name, { shape, initializer });
    const expression = parameter(name, shape, this.#dtype);
    this.parameters.push(expression);
    return expression;
  }

  /** The value of every declared parameter at step 0. */
  readonly initial = (seed: number): Map<string, Float64Array> => {
    const values = new Map<string, Float64Array>();
    for (const [name, { shape, initializer }] of this.#declared) {
      values.set(name, initializer(seed, name, shape));
    }
    return values;
  };
}
