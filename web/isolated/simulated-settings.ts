/** Which settings the lab simulates instead of training: those whose `analytic_dynamics` is about their own network. */

import type { Experiment } from 'grokscope';

/** Whether the isolated dynamics of the network itself is asked for; of other networks it is that of another one, on their task. */
export function isSimulated({ analytic_dynamics, model }: Experiment): boolean {
  return (
    analytic_dynamics &&
    model.type === 'two_layer' &&
    model.input !== 'signs' &&
    model.init.type !== 'analytic' &&
    (model.activation === 'relu' || model.activation === 'quadratic')
  );
}

/** What the command line does with these settings besides, in a sentence each. */
export function simulationNotices(experiment: Experiment): string[] {
  const { analytic_dynamics, train } = experiment;
  if (!analytic_dynamics) return [];
  if (!isSimulated(experiment)) {
    return [
      'analytic_dynamics: the analytic test of this task follows the training on the command line only; the lab simulates a ' +
        'two_layer network with activation relu or quadratic, from random initial weights.',
    ];
  }
  if (train.total_steps === 0) return [];
  return [
    'analytic_dynamics: the lab simulates this network and does not train it; the command line does both. With ' +
      'analytic_dynamics=false the lab trains it.',
  ];
}
