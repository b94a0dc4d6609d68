/** A checkpoint's tensors as the state of a training, and back; needs nothing of Node, so that a page can read checkpoints too. */

import type { Values } from '../engine/index.ts';
import type { TrainerState } from '../training/trainer.ts';
import type { Checkpoint } from './checkpoint-format.ts';
import { type Tensor, tensorOf } from './safetensors.ts';

/** The state of a training in a checkpoint. */
export function trainerState({
  step,
  tensors,
}: {
  readonly step: number;
  readonly tensors: ReadonlyMap<string, Tensor>;
}): TrainerState {
  return {
    step,
    tensors: new Map(
      [...tensors].map(([name, tensor]) => {
        const values = valuesOf(name, tensor);
        return [name, { dtype: dtypeOf(values), shape: tensor.shape, values }];
      }),
    ),
  };
}

/** The state of a training as what a checkpoint holds of it. */
export function trainingState({
  step,
  tensors,
}: TrainerState): Pick<Checkpoint, 'step' | 'tensors' | 'scalars'> {
  return {
    step,
    tensors: new Map([...tensors].map(([name, { shape, values }]) => [name, tensorOf(shape, values)])),
    scalars: {},
  };
}

function valuesOf(name: string, { dtype, data }: Tensor): Values {
  if (data instanceof Float32Array || data instanceof Float64Array || data instanceof Int32Array) return data;
  throw new Error(
    `internal: tensor "${name}" of a checkpoint has dtype ${dtype}, which no training state has`,
  );
}

function dtypeOf(values: Values): 'f32' | 'f64' | 'i32' {
  if (values instanceof Float32Array) return 'f32';
  return values instanceof Float64Array ? 'f64' : 'i32';
}
