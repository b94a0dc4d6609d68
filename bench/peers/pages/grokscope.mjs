// Our side in the browser.

import { buildDataset, Machine, parseExperiment, Trainer } from 'grokscope';

export async function start(_work, { yaml, overrides, threads }) {
  const { experiment } = parseExperiment(yaml, { overrides });
  const machine = await Machine.open({ kernels: 'auto', threads });
  const trainer = await Trainer.start(experiment, buildDataset(experiment), machine);
  return {
    about: {
      version: navigator.userAgent.match(/Chrome\/\d+/)?.[0] ?? 'browser',
      threads: machine.threads ?? 1,
    },
    step: async () => trainer.advance(),
    finish: async () => trainer.batchLoss,
  };
}
