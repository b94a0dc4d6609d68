/**
 * The kinks of relus at which a trajectory stays. Where the gradient on either side of a kink points back to it, gradient descent
 * with small steps slides along it (Filippov 1988), from one side to the other and back: what the weights can do there is less
 * than ker J of either side allows.
 */

import type { Differentiated, LinearMap } from './differentiated.ts';
import type { ZeroLossNetwork } from './network.ts';

/** Which pairs of a train example and a unit changed sides while they were watched. */
export class Kinks {
  private readonly network: ZeroLossNetwork;
  private readonly pre: Differentiated;
  private readonly changed: Uint8Array;
  private readonly sides: Uint8Array;

  /** @param pre the network's pre-activations; begins to watch at its weights as they are */
  constructor(network: ZeroLossNetwork, pre: Differentiated) {
    this.network = network;
    this.pre = pre;
    this.changed = new Uint8Array(pre.rows);
    this.sides = Uint8Array.from(pre.values(), (z) => (z > 0 ? 1 : 0));
  }

  /** Takes in the network's weights as they are. */
  watch(): void {
    for (const [i, z] of this.pre.values().entries()) {
      const side = z > 0 ? 1 : 0;
      if (side !== this.sides[i]) this.changed[i] = 1;
      this.sides[i] = side;
    }
  }

  /** Pairs that changed sides so far. */
  get count(): number {
    return this.changed.reduce((sum, one) => sum + one, 0);
  }

  /** J with rows for the pre-activations of these pairs below it: their kernel leaves outputs and kinks where they are. */
  held(): LinearMap {
    const { network, pre } = this;
    const pairs = Int32Array.from(this.changed.keys()).filter((i) => this.changed[i] === 1);
    const { columns } = network;
    return {
      rows: network.rows + pairs.length,
      columns,
      times: (v) => {
        const product = new Float64Array(network.rows + pairs.length);
        product.set(network.times(v));
        const moved = pre.times(v);
        for (const [i, pair] of pairs.entries()) product[network.rows + i] = moved[pair];
        return product;
      },
      transposeTimes: (u) => {
        const product = network.transposeTimes(u.subarray(0, network.rows));
        const weights = new Float64Array(pre.rows);
        for (const [i, pair] of pairs.entries()) weights[pair] = u[network.rows + i];
        const ofKinks = pre.transposeTimes(weights);
        for (let i = 0; i < columns; i++) product[i] += ofKinks[i];
        return product;
      },
    };
  }
}
