// Numbers of the elementary functions, kept in memory: an engine that does not move constants out of loops (V8's Turboshaft)
// would build each of them anew for every pair of vectors, which takes longer than to load it.

/** The number at place i of a table in every lane; T is f32 or f64. */
@inline
export function number<T>(table: usize, i: i32): v128 {
  return v128.load_splat<T>(table + <usize>i * sizeof<T>());
}
