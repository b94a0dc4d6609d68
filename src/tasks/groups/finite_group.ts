/**
 * A finite group as data: its multiplication table and what follows from it (inverses, conjugacy classes), with the real
 * irreducible characters, which measures decompose functions on the group by.
 */

/** A real irreducible character, as a class function. */
export interface Character {
  /** As representation theory calls it: `trivial`, `sign`, a partition, a frequency. */
  name: string;
  /** χ(1): the dimension of the real irreducible representation. */
  dimension: number;
  /**
   * ⟨χ, χ⟩ = |G|⁻¹ Σ χ(g)²: 1, or 2 where χ = ψ + ψ̄ is a pair of complex characters (a representation of complex type). The
   * projection on its isotypic part has the kernel χ(1)·χ(g)/(|G|·norm).
   */
  norm: 1 | 2;
  /** [classes], by conjugacy class. */
  values: Float64Array;
}

/** A finite group; element 0 is the identity. */
export interface FiniteGroup {
  /** As in the configuration: S5, D7. */
  name: string;
  order: number;
  /** What each element is called. */
  elements: readonly string[];
  /** [order, order], row-major: g∘h at g·order + h; for permutations (g∘h)(x) = g(h(x)). */
  table: Int32Array;
  /** [order]. */
  inverse: Int32Array;
  /** Elements of each conjugacy class, ascending; classes in the order of their first elements. */
  classes: readonly Int32Array[];
  /** [order], the class of each element. */
  classOf: Int32Array;
  /** Σ dimension²/norm is the order. */
  characters: readonly Character[];
}

/** What a family of groups has to say; elements are numbered from the identity, 0. */
export interface GroupDefinition {
  name: string;
  elements: readonly string[];
  multiply(g: number, h: number): number;
  characters: readonly (Omit<Character, 'values'> & { of(element: number): number })[];
}

/** Works out the rest of a group. */
export function finiteGroup({ name, elements, multiply, characters }: GroupDefinition): FiniteGroup {
  const order = elements.length;
  const table = new Int32Array(order * order);
  const inverse = new Int32Array(order);
  for (let g = 0; g < order; g++)
    for (let h = 0; h < order; h++) {
      const product = multiply(g, h);
      table[g * order + h] = product;
      if (product === 0) inverse[g] = h;
    }
  const { classes, classOf } = conjugacyClasses(order, table, inverse);
  return {
    name,
    order,
    elements,
    table,
    inverse,
    classes,
    classOf,
    characters: characters.map(({ of, ...character }) => ({
      ...character,
      values: Float64Array.from(classes, ([representative]) => of(representative as number)),
    })),
  };
}

/** {x g x⁻¹ : x} for each g that is in no class yet. */
function conjugacyClasses(
  order: number,
  table: Int32Array,
  inverse: Int32Array,
): Pick<FiniteGroup, 'classes' | 'classOf'> {
  const classOf = new Int32Array(order).fill(-1);
  const classes: Int32Array[] = [];
  for (let g = 0; g < order; g++) {
    if (classOf[g] >= 0) continue;
    const members: number[] = [];
    for (let x = 0; x < order; x++) {
      const conjugate = table[table[x * order + g] * order + inverse[x]];
      if (classOf[conjugate] >= 0) continue;
      classOf[conjugate] = classes.length;
      members.push(conjugate);
    }
    classes.push(Int32Array.from(members).sort());
  }
  return { classes, classOf };
}
