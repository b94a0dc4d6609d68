// The kernels' entry: runs the instructions of a program. src/engine/opcodes.ts numbers them.

import { factor } from './cholesky';
import { enter, word } from './context';
import { contract } from './contract';
import { cast, copy, dropout, fill } from './copy';
import { direct } from './direct';
import { elementwise } from './elementwise';
import { gram, turnRows } from './gram';
import { scatterProducts, sumRows, turnGroups } from './grouped';
import { pack } from './pack';
import { reduceAxis, reduceRows, sumExamples, sumLanes } from './reduce';
import { softmax } from './softmax';
import { finite, sparseProduct } from './sparse';
import { substitute } from './substitute';
import { argmax, gather, loadColumn, place, scatterAdd, take } from './table';
import { triangle } from './triangles';
import { uniform } from './uniform';
import { weighted } from './weighted';

export { addBlocks, copyBlocks, multiplyAdds12, multiplyAdds16 } from './limits';
export { probe } from './probe';
export { useTiles } from './tiles';

/** The first address that holds no data of the kernels' own. */
export function heapBase(): usize {
  return __heap_base;
}

/** Runs the instructions from `start` to `end`: each is an opcode, the number of its words, and the words. */
export function execute(start: usize, end: usize, worker: i32, lane: i32, tile: i32, rows: i32, lanes: i32): void {
  enter(worker, lane, tile, rows, lanes);
  let at = start;
  while (at < end) {
    const body = at + 8;
    switch (word(at, 0)) {
      case 1: elementwise(body); break;
      case 2: contract(body); break;
      case 3: pack(body); break;
      case 4: copy(body); break;
      case 5: fill(body); break;
      case 6: reduceRows(body); break;
      case 7: reduceAxis(body); break;
      case 8: sumExamples(body); break;
      case 9: softmax(body); break;
      case 10: gather(body); break;
      case 11: scatterAdd(body); break;
      case 12: take(body); break;
      case 13: place(body); break;
      case 14: argmax(body); break;
      case 15: cast(body); break;
      case 16: dropout(body); break;
      case 17: loadColumn(body); break;
      case 18: sumLanes(body); break;
      case 19: direct(body); break;
      case 20: weighted(body); break;
      case 21: uniform(body); break;
      case 22: sparseProduct(body); break;
      case 23: finite(body); break;
      case 24: turnRows(body); break;
      case 25: gram(body); break;
      case 26: triangle(body); break;
      case 27: factor(body); break;
      case 28: substitute(body); break;
      case 29: sumRows(body); break;
      case 30: turnGroups(body); break;
      case 31: scatterProducts(body); break;
      default: unreachable();
    }
    at = body + (<usize>word(at, 1) << 2);
  }
}
