/**
 * Linear algebra: operations on expressions (syrk, Cholesky, triangular solves) and algorithms of the host (eigenvalues,
 * conjugate gradients). A face of its own, so that pages which need none of it do not carry it.
 */

export { cholesky, choleskyFactor, factorOfTriangle, gramFactor, pivots } from '../operations/cholesky.ts';
export {
  fromGroups,
  groupedShape,
  scatterProducts,
  sumRows,
  toGroups,
  turnGroups,
} from '../operations/grouped.ts';
export { choleskySolve, triangularSolve } from '../operations/solve.ts';
export { solveFactored } from '../operations/substitute.ts';
export { gramOfTurned, syrk } from '../operations/syrk.ts';
export {
  type ConjugateGradients,
  conjugateGradients,
  type Product,
  type Solved,
} from './conjugate-gradients.ts';
export { type Eigen, symmetricEigen, symmetricEigenvalues } from './eigen.ts';
export { refuseIndefinite } from './indefinite.ts';
