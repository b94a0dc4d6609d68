/**
 * The inner values of each network by name, so that a configuration that names one which is not there is refused with its
 * place, before anything is built. src/models names them so, which a test holds to this list.
 */

import type { ModelConfig } from './schema/model.ts';

/** Names of the activations of a model, in the order of its forward pass. */
export function activationNames(model: ModelConfig): string[] {
  switch (model.type) {
    case 'two_layer':
      return ['hidden_pre', 'hidden'];
    case 'embedding_mlp':
      return ['embedding', 'hidden_pre', 'hidden'];
    case 'mlp':
      return layers(model.layers).flatMap((i) => [`hidden.${i}.pre`, `hidden.${i}`]);
    case 'transformer': {
      const scoring =
        model.attention === 'softmax' ? ['hook_q', 'hook_k', 'hook_attn_scores', 'hook_pattern'] : [];
      const attention = [...scoring, 'hook_v', 'hook_z'].map((name) => `attn.${name}`);
      const others = ['hook_attn_out', 'hook_resid_mid', 'mlp.hook_pre', 'mlp.hook_post', 'hook_mlp_out'];
      const block = ['hook_resid_pre', ...attention, ...others, 'hook_resid_post'];
      return [
        'hook_embed',
        ...layers(model.layers).flatMap((i) => block.map((name) => `blocks.${i}.${name}`)),
        'answer',
      ];
    }
  }
}

function layers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/**
 * The activation that a word means: its full name; `hidden`, the last hidden layer; or the end of a name without `hook_`, as
 * `attn_out` or `resid_post`, in the last layer that has it.
 */
export function activationNamed(word: string, model: ModelConfig): string | undefined {
  const names = activationNames(model).reverse();
  if (names.includes(word)) return word;
  if (word === 'hidden')
    return names.find((name) => name.endsWith('mlp.hook_post') || /^hidden\.\d+$/.test(name));
  return names.find((name) => name.endsWith(`.hook_${word}`) || name === `hook_${word}`);
}
