/**
 * One factor of an input group, as an observer of functions on it needs it: a real orthonormal basis in which the Laplacian
 * of its Cayley graph is diagonal (for a cyclic group cosines and sines), and the eigenvalue of each basis function.
 */

export interface Axis {
  /** Elements of the group. */
  readonly order: number;
  /** Whether it is Z_n in its natural order, whose characters are complex: then two factors are told apart by them. */
  readonly cyclic: boolean;
  /** [order, order], row-major: row i is basis function i at every element. Rows are orthonormal, row 0 is constant. */
  readonly basis: Float64Array;
  /** [order]: the irreducible component that basis function i belongs to, counted from 0 (the trivial one). */
  readonly component: Int32Array;
  /** By component: eigenvalue of the normalised Laplacian I − A/degree of the Cayley graph, 0 … 2. */
  readonly eigenvalues: Float64Array;
}
