/** JJᵀ from the rows of J: the neural tangent kernel on the train examples (Jacot et al. 2018), in the engine's kernels. */

import { type Machine, matmul, parameter, permute } from '../../engine/index.ts';

/** J [rows, columns] to JJᵀ [rows, rows]; the machine keeps room for one J. */
export function gramProgram(
  machine: Machine,
  rows: number,
  columns: number,
): (J: Float64Array) => Float64Array {
  const jacobian = parameter('jacobian', [rows, columns], 'f64');
  const program = machine.compile({ outputs: { gram: matmul(jacobian, permute(jacobian, [1, 0])) } });
  return (J) => {
    machine.setParameter(jacobian, J);
    program.run();
    return program.value('gram') as Float64Array;
  };
}
