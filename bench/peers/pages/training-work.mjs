// A piece of work, read as the Python peers read it.

const ARRAYS = { F32: Float32Array, I32: Int32Array };

/** `spec`, the tensors of the file by name, and `weights`: the parameters with heads side by side, as the Python peers have them. */
export async function readWork(url) {
  const bytes = await (await fetch(url)).arrayBuffer();
  const length = Number(new DataView(bytes).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  const { __metadata__, ...entries } = header;
  const tensors = Object.fromEntries(
    Object.entries(entries).map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [start, end],
        },
      ]) => [name, { shape, data: new ARRAYS[dtype](bytes.slice(8 + length + start, 8 + length + end)) }],
    ),
  );
  return { spec: JSON.parse(__metadata__.spec), tensors, weights: weightsOf(tensors) };
}

function weightsOf(tensors) {
  const parameters = Object.entries(tensors).filter(([name]) => name.startsWith('parameter.'));
  return Object.fromEntries(
    parameters.map(([name, tensor]) => [
      name.replace(/^parameter\.(blocks\.0\.)?/, ''),
      headsSideBySide(name, tensor),
    ]),
  );
}

/** W_Q, W_K, W_V [heads, d_model, d_head] and W_O [heads, d_head, d_model] as matrices [d_model, d_model]. */
function headsSideBySide(name, { shape, data }) {
  if (/\.W_O$/.test(name)) return { shape: [shape[0] * shape[1], shape[2]], data };
  if (!/\.W_[QKV]$/.test(name)) return { shape, data };
  const [heads, rows, width] = shape;
  const merged = data.map((_, i) => {
    const [row, column] = [Math.floor(i / (heads * width)), i % (heads * width)];
    const head = Math.floor(column / width);
    return data[(head * rows + row) * width + (column % width)];
  });
  return { shape: [rows, heads * width], data: merged };
}

/** [a, b, label] of each step in turn, Int32Arrays; the list is gone through again and again. */
export function batchesOf({ spec, tensors }) {
  const columns = ['a', 'b', 'label'].map((name) => tensors[`train.${name}`].data);
  const examples = columns[0].length;
  const order = tensors.order?.data;
  if (order === undefined) return [columns];
  const batches = [];
  for (let epoch = 0; epoch < order.length; epoch += examples) {
    for (let at = epoch; at < epoch + examples; at += spec.batch_size) {
      const places = order.slice(at, Math.min(at + spec.batch_size, epoch + examples));
      batches.push(columns.map((column) => places.map((place) => column[place])));
    }
  }
  return batches;
}

/** Of a step, counted from 1: a linear rise over the warm-up, then constant. */
export function learningRate({ lr, warmup_steps }, step) {
  return lr * Math.min(1, step / Math.max(warmup_steps, 1));
}
