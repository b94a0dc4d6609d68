/** The name under which a parameter was declared. */

import type { Expr } from '../../engine/index.ts';

/** Throws when the expression is not a parameter. */
export function parameterName(expression: Expr): string {
  const { name } = expression.attributes;
  if (typeof name !== 'string') {
    throw new Error(
      `optimizer: needs a parameter of the model, got the result of ${expression.operation.name}`,
    );
  }
  return name;
}
