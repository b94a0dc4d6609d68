/** A trial of four runs that are trained in a moment: two arms of two seeds, 30 steps long. */

export const smallTrial = `question: Does a larger step end elsewhere?
claim: It does.
experiment:
  dataset: {N: 7}
  model: {type: mlp, hidden_dim: 16, layers: 1}
  train: {total_steps: 30, eval_every_steps: 5, checkpoint_every_steps: 10, scheduler: {name: constant}}
seeds: 2
arms:
  slow: {train.lr: 0.003}
  fast: {train.lr: 0.03}
endpoints:
  norm: {value: weight_norm, at: last}
rule:
  comparisons:
    larger: {endpoint: norm, arm: fast, against: slow, expect: larger, by: 0.1}
`;
